import type { Context } from '#core/context'
import { canonicalUrl, urlFault } from '#core/delivery'
import { Refusal } from '#kernel/error'

const LONGEST = 2000

/** The canonical form of a URL. Refuses `invalid_input` for a URL to which nothing may be sent. */
export function readUrl(ctx: Context, text: string): string {
  const url = canonicalUrl(text)
  if (url === null) throw refusal('Must be a URL without blanks and control characters.')
  if (url.length > LONGEST) throw refusal(`Must have at most ${LONGEST} characters.`)
  const fault = urlFault(url, ctx.deployment)
  if (fault !== null) throw refusal(fault)
  return url
}

const refusal = (message: string) =>
  new Refusal('invalid_input', { errors: [{ path: 'url', code: 'url_not_allowed', message }] })
