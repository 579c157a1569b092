import { findLanguage, type Language } from '#core/mail'

/**
 * The language of the page: the first that the client asks for and that there is (`ui_locales`), else the one that the browser likes best, else
 * English.
 */
export function chooseLanguage(uiLocales: string | null, accepted: string | undefined): Language {
  const asked = (uiLocales ?? '').split(' ')
  const all = [...asked, ...byPreference(accepted ?? '')]
  return all.map(findLanguage).find((language) => language !== undefined) ?? 'en'
}

const MOST = 20

/** The locales of `Accept-Language` (RFC 9110, 12.5.4), the best first. */
function byPreference(header: string): string[] {
  const ranges = header.split(',', MOST).flatMap((range) => {
    const [locale = '', ...parameters] = range.split(';').map((part) => part.trim())
    const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1'
    const weight = Number(quality)
    return weight > 0 ? [{ locale, weight }] : []
  })
  return ranges.sort((a, b) => b.weight - a.weight).map(({ locale }) => locale)
}
