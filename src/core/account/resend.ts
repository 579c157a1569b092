import { type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import { type Context, commitQuietly } from '#core/context'
import { Email, emailKey, Password } from '#core/customer'
import { postMail } from '#core/mail'
import { type Accepted, accepted } from './accepted.ts'
import { hashForAttempt, isLive } from './attempt.ts'
import { lockEmail } from './lock-email.ts'

export const ResendVerification = z
  .strictObject({
    email: Email,
    password: Password.optional().meta({
      description: 'Of several registrations of one address, that with this password is meant',
    }),
  })
  .meta({ id: 'ResendVerification', examples: [{ email: 'jane@example.com' }] })
export type ResendVerification = z.output<typeof ResendVerification>

/** The link to verify an address once more, a new one; the old one is void. The same answer and work for every address. */
export async function resendVerification(
  ctx: Context,
  { email, password }: ResendVerification,
): Promise<Accepted> {
  const key = emailKey(email)
  const hash = password === undefined ? null : await hashForAttempt(ctx, key, password)
  await commitQuietly(ctx, {
    email: lockEmail(ctx, key),
    mail: postMail(ctx, { letter: letterFor(ctx, key, hash), askedFor: key }),
  })
  return accepted
}

/**
 * The registration whose password is named, else an account nobody has claimed, else the newest registration. The owner of an
 * account in use hears of a registration as it was told of it first; of anyone else, nobody does.
 */
const letterFor = (ctx: Context, key: string, hash: string | null): SQL =>
  sql`select case when it.is_used then 'account_exists' else 'verify' end as template,
      case when it.is_used then used.email else it.email end as recipient, it.locale,
      case when it.is_used then used.id else it.customer_id end as customer_id, ${key}::text as email_key,
      case when it.is_used then 'reset' else 'verify' end as purpose,
      case when it.is_used then used.id else it.subject end as subject, null::text as change_id
    from (select) one
      left join customer used on used.tenant = ${ctx.tenant} and used.email_key = ${key} and used.status = 'active'
      left join lateral (
        select email, locale, subject, customer_id, used.id is not null as is_used from (
          select email, locale, id as subject, null as customer_id, created_at,
            case when password_hash = ${hash}::text then 0 else 2 end as place
            from attempt where ${isLive(ctx, key)}
              and not exists (select from customer where tenant = ${ctx.tenant} and email_key = ${key} and status = 'disabled')
          union all
          select email, locale, id, id, created_at, 1 from customer
            where tenant = ${ctx.tenant} and email_key = ${key} and status = 'unverified') candidate
        order by place, created_at desc limit 1) it on true`
