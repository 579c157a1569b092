import type { Context } from '#core/context'
import { readDeviceToken } from '#core/identity'
import { addressBounds } from '#core/limit'

/** The keys of the bounds of mails with a code that a login gives back. */
export const givenBackBounds = (
  ctx: Context,
  emailKey: string,
  deviceToken: string | undefined,
): string[] => {
  const device = readDeviceToken(ctx, deviceToken)?.sessionId ?? null
  return addressBounds(ctx, 'login_code', emailKey, device).map(({ key }) => key)
}
