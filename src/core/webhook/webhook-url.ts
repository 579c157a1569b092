import type { Context } from '#core/context'
import { canonicalUrl, disallowedUrlReason } from '#core/delivery'
import { Refusal, type Sign } from '#kernel/error'
import { isInternalUrl } from '#kernel/outbound-url'

const LONGEST = 2000

/** The canonical form of a URL. Refuses `invalid_input` for a URL to which nothing may be sent. */
export function readWebhookUrl(ctx: Context, text: string): string {
  const url = canonicalUrl(text)
  if (url === null) throw refusal('Must be a URL without blanks and control characters.')
  if (url.length > LONGEST) throw refusal(`Must have at most ${LONGEST} characters.`)
  const fault = disallowedUrlReason(url, ctx.deployment)
  if (fault === null) return url
  throw refusal(fault, isInternalUrl(new URL(url), ctx.deployment) ? 'inward_url' : undefined)
}

const refusal = (message: string, sign?: Sign) =>
  new Refusal('invalid_input', {
    errors: [{ path: 'url', code: 'url_not_allowed', message }],
    sign,
  })
