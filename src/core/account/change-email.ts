import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { type Context, commitQuietly, rows } from '#core/context'
import { Email, emailKey, Password } from '#core/customer'
import { provePassword } from '#core/identity'
import { postMail } from '#core/mail'
import { Refusal } from '#kernel/error'
import { newId } from '#kernel/id'
import { type Accepted, accepted } from './accepted.ts'

export const ChangeEmail = z.strictObject({ email: Email, password: Password }).meta({
  id: 'ChangeEmail',
  examples: [{ email: 'jane.doe@example.com', password: 'correct horse battery' }],
})
export type ChangeEmail = z.output<typeof ChangeEmail>

/**
 * Asks to move the caller's own account to another address. Nothing changes until it is confirmed from there; whether the address
 * is free is said then, to who reads its mails. Refuses `invalid_credentials`, `too_many_attempts`.
 */
export async function changeEmail(ctx: Context, input: ChangeEmail): Promise<Accepted> {
  if (ctx.actor.type !== 'shopper') throw new Refusal('caller_not_allowed')
  const { id } = ctx.actor
  const { proof } = await provePassword(ctx, id, input.password)
  const change = newId('emailChange', ctx.now)
  const key = emailKey(input.email)
  await commitQuietly(ctx, {
    ...proof,
    dropped: rows(
      sql`delete from email_change where tenant = ${ctx.tenant} and customer_id = ${id} and confirmed_at is null`,
    ),
    wished: rows(sql`insert into email_change
        (tenant, id, customer_id, old_email, old_email_key, new_email, new_email_key, created_at)
      select tenant, ${change}, id, email, email_key, ${input.email}, ${key}, ${ctx.now.toISOString()}::timestamptz
      from customer where tenant = ${ctx.tenant} and id = ${id}`),
    mail: postMail(ctx, {
      askedFor: key,
      lives: 'confirm',
      letter: sql`select 'confirm_email' as template, ${input.email}::text as recipient, locale, id as customer_id,
          ${key}::text as email_key, 'confirm' as purpose, id as subject, ${change}::text as change_id
        from customer where tenant = ${ctx.tenant} and id = ${id}`,
    }),
  })
  return accepted
}
