import type { Context } from '#core/context'
import { isAllowedUrl } from '#core/delivery'
import { Refusal } from '#kernel/error'

/** Refuses `invalid_input` for an address that nothing may be sent to. */
export function refuseForbiddenUrl(ctx: Context, url: string): void {
  if (isAllowedUrl(url, ctx.deployment)) return
  throw new Refusal('invalid_input', {
    errors: [
      {
        path: 'url',
        code: 'url_not_allowed',
        message:
          'Must be https, to a public host name that is not this service, without credentials.',
      },
    ],
  })
}
