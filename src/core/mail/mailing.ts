import type { Context } from '#core/context'
import { type MailTokenPurpose, mailTokenHash, mailTokenHours } from '#core/identity'
import { newId } from '#kernel/id'

const HOUR_MS = 3_600_000

/**
 * What every use case needs that leaves a mail to be sent after the commit.
 * @param purpose says how long the link in it is good for.
 */
export function mailing(ctx: Context, purpose: MailTokenPurpose = 'verify') {
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

/**
 * The same for a mail that a stranger asks for: silent beyond one a minute and five a day.
 * @param key the address, as it is compared. It is stored keyed, for it need not be a customer's.
 */
export const askedMailing = (ctx: Context, key: string, purpose?: MailTokenPurpose) => ({
  ...mailing(ctx, purpose),
  mailQuota: ctx.keyring.mac('address', key),
})
