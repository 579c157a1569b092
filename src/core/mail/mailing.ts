import type { Context } from '#core/context'
import { mailTokenHash, mailTokenHours } from '#core/identity'
import type { Purpose } from '#db/schema'
import { newId } from '#kernel/id'

const HOUR_MS = 3_600_000

/**
 * The parameters of a use case that enqueues a mail.
 * @param purpose the purpose of its link, which decides the link's lifetime.
 */
export function mailing(ctx: Context, purpose: Purpose = 'verify') {
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
 * `mailing` for a mail that a stranger asks for. For each purpose, mails beyond one a minute and five a day are silently held back while
 * the newest one holds a working link.
 * @param key the key of the address. It is stored as a keyed hash, for it need not be a customer's.
 */
export const askedMailing = (ctx: Context, key: string, purpose: Purpose = 'verify') => ({
  ...mailing(ctx, purpose),
  mailQuota: ctx.keyring.mac('address', `${purpose} ${key}`),
})
