import type { Context } from '#core/context'
import { mailTokenHash, mailTokenHours, readDeviceToken } from '#core/identity'
import { mailBounds } from '#core/limit'
import type { MailTokenPurpose } from '#db/schema'
import { newId } from '#kernel/id'

const HOUR_MS = 3_600_000

/**
 * The parameters of a use case that enqueues a mail.
 * @param purpose the purpose of its link, which decides the link's lifetime.
 */
export function newMailValues(ctx: Context, purpose: MailTokenPurpose = 'verify') {
  const mailToken = newId('token', ctx.now)
  const expires = new Date(ctx.now.getTime() + mailTokenHours[purpose] * HOUR_MS)
  return {
    tenant: ctx.tenant,
    now: ctx.now.toISOString(),
    mail: newId('mail', ctx.now),
    mailJob: newId('job', ctx.now),
    mailToken,
    mailTokenHash: mailTokenHash(ctx, mailToken),
    mailTokenExpiresAt: expires.toISOString(),
  }
}

type Asked = { readonly purpose?: MailTokenPurpose; readonly deviceToken?: string | undefined }

/**
 * `mailing` for a mail that a stranger can ask for: beyond its bounds it is silently held back.
 * @param key the key of the address.
 * @param deviceToken that the caller showed.
 */
export function boundedMailValues(
  ctx: Context,
  key: string,
  { purpose = 'verify', deviceToken }: Asked = {},
) {
  const device = readDeviceToken(ctx, deviceToken)
  return {
    ...newMailValues(ctx, purpose),
    bounds: mailBounds(ctx, purpose, key, device?.sessionId ?? null),
    device: device?.customerId ?? null,
    deviceEpoch: device?.epoch ?? 0,
  }
}
