import type { Settings } from '#core/context'
import {
  languageOfLocale,
  type MailTemplate,
  mailTemplates,
  mailWords,
} from './template-and-language.ts'

/** A mail as it is sent. */
export type Mail = {
  readonly from: { readonly email: string; readonly name: string }
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
}

type Letter = {
  readonly template: MailTemplate
  readonly recipient: string
  readonly locale: string | null
  /** The token of the link, or the code; null for a mail without either. */
  readonly token: string | null
  /** The label of the login provider that the mail names; '' if it names none. */
  readonly provider?: string
}

/** The mail in the recipient's language, as text and as HTML; the link or the code stands on a line of its own. */
export function composeMail(
  settings: Settings,
  { template, recipient, locale, token, provider = '' }: Letter,
): Mail {
  const { shopName, shopUrl, mailFrom } = settings
  const { subject, before, action, after } = mailWords(template, locale, {
    shop: shopName,
    provider,
  })
  const carried = carriedBy(template, settings, token)
  const paragraphs = (text: readonly string[]) => text.map((line) => `<p>${toHtml(line)}</p>`)
  return {
    from: { email: mailFrom ?? `no-reply@${new URL(shopUrl).hostname}`, name: shopName },
    to: mailbox(recipient),
    subject,
    text: `${[...before, ...carried, ...after, shopName].join('\n\n')}\n`,
    html: [
      `<!doctype html><html lang="${languageOfLocale(locale)}"><meta charset="utf-8"><title>${toHtml(subject)}</title>`,
      '<body style="font:16px/1.5 sans-serif;max-width:36em;margin:2em auto;padding:0 1em">',
      ...paragraphs(before),
      ...carried.map((text) =>
        mailTemplates[template] === 'code' ? codeHtml(text) : linkHtml(text, action),
      ),
      ...paragraphs(after),
      `<p>${toHtml(shopName)}</p></body></html>`,
    ].join('\n'),
  }
}

/** The line with the link or the code, if there is one. */
function carriedBy(template: MailTemplate, settings: Settings, token: string | null): string[] {
  const kind = mailTemplates[template]
  if (kind === null || token === null) return []
  return [kind === 'code' ? token : linkTo(settings.shopUrl, settings[kind], token)]
}

const linkHtml = (link: string, action: string): string =>
  `<p><a href="${toHtml(link)}">${toHtml(action)}</a></p>`

/** The bare digits, so that copying them copies nothing else. */
const codeHtml = (code: string): string =>
  `<p style="font-size:1.6em;letter-spacing:.15em">${toHtml(code)}</p>`

const UNUSUAL_DOTS = /^(.*\.\..*|.*\.)@(.*)$/u

/** The address as RFC 5322 writes it in a header: with dots in a row or before the @, the first part is quoted. */
const mailbox = (email: string): string => email.replace(UNUSUAL_DOTS, '"$1"@$2')

function linkTo(shopUrl: string, path: string, token: string): string {
  const url = new URL(shopUrl)
  url.pathname = url.pathname.replace(/\/$/, '') + path
  url.searchParams.set('token', token)
  return url.href
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}

const toHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => entities[character] ?? '')
