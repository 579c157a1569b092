import type { Context } from '#core/context'
import { readDeviceToken } from '#core/identity'
import { mailBoundsOfAddress } from '#core/limit'

/** The keys of the mail bounds that a successful login resets. */
export const quotaKeysResetByLogin = (
  ctx: Context,
  emailKey: string,
  deviceToken: string | undefined,
): string[] => {
  const device = readDeviceToken(ctx, deviceToken)?.sessionId ?? null
  return mailBoundsOfAddress(ctx, 'login_code', emailKey, device).map(({ key }) => key)
}
