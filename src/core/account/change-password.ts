import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { type Context, commitQuietly, rows } from '#core/context'
import { Password } from '#core/customer'
import { keepChosenPassword, provePassword } from '#core/identity'
import { postMail } from '#core/mail'
import { Refusal } from '#kernel/error'

export const ChangePassword = z
  .strictObject({ currentPassword: Password, password: Password })
  .meta({
    id: 'ChangePassword',
    examples: [{ currentPassword: 'correct horse battery', password: 'another horse battery' }],
  })
export type ChangePassword = z.output<typeof ChangePassword>

/**
 * Another password for the caller's own account. Ends all other sessions and voids open links to reset; the owner gets a mail.
 * Refuses `invalid_credentials`, `too_many_attempts`, `invalid_input` for a weak password.
 */
export async function changePassword(ctx: Context, input: ChangePassword): Promise<void> {
  if (ctx.actor.type !== 'shopper') throw new Refusal('caller_not_allowed')
  const { id, sessionId } = ctx.actor
  const { proof, entry } = await provePassword(ctx, id, input.currentPassword)
  const holder = { customerId: id, email: null, isProven: false, credential: entry.credential }
  const { credential } = await keepChosenPassword(ctx, async () => holder, input.password)
  const own = sql`tenant = ${ctx.tenant} and customer_id = ${id}`
  await commitQuietly(ctx, {
    ...proof,
    password: rows(
      sql`update customer set password_hash = ${credential} where tenant = ${ctx.tenant} and id = ${id}`,
    ),
    sessions: rows(sql`delete from session where ${own} and id <> ${sessionId}`),
    links: rows(
      sql`delete from mail_token where tenant = ${ctx.tenant} and subject = ${id} and purpose = 'reset'`,
    ),
    mail: postMail(ctx, {
      letter: sql`select 'password_changed' as template, email as recipient, locale, id as customer_id, email_key,
          null::text as purpose, null::text as subject, null::text as change_id
        from customer where tenant = ${ctx.tenant} and id = ${id}`,
    }),
  })
}
