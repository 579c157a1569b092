import type { Context } from '#core/context'
import { canonicalUrl, isAllowedUrl } from '#core/delivery'
import { Refusal } from '#kernel/error'

const LONGEST = 2000

/** The canonical form of a URL. Refuses `invalid_input` for a URL to which nothing may be sent. */
export function readUrl(ctx: Context, text: string): string {
  const url = canonicalUrl(text)
  if (url !== null && url.length <= LONGEST && isAllowedUrl(url, ctx.deployment)) return url
  throw new Refusal('invalid_input', {
    errors: [
      {
        path: 'url',
        code: 'url_not_allowed',
        message:
          'Must be https, to a public host name that is not this service, without credentials, blanks and control characters.',
      },
    ],
  })
}
