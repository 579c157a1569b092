import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { type Context, commitQuietly } from '#core/context'
import { Email, emailKey } from '#core/customer'
import { postMail } from '#core/mail'
import { type Accepted, accepted } from './accepted.ts'

export const ForgotPassword = z
  .strictObject({ email: Email })
  .meta({ id: 'ForgotPassword', examples: [{ email: 'jane@example.com' }] })
export type ForgotPassword = z.output<typeof ForgotPassword>

/** A link to set a new password, to whoever has an account with the address. The same answer and work for every address. */
export async function forgotPassword(ctx: Context, { email }: ForgotPassword): Promise<Accepted> {
  const key = emailKey(email)
  const letter = sql`select 'reset' as template, account.email as recipient, account.locale, account.id as customer_id,
      ${key}::text as email_key, 'reset' as purpose, account.id as subject, null::text as change_id
    from (select) one left join customer account on account.tenant = ${ctx.tenant} and account.email_key = ${key}
      and account.status in ('unverified', 'active')`
  await commitQuietly(ctx, { mail: postMail(ctx, { letter, askedFor: key }) })
  return accepted
}
