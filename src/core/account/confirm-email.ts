import { type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import { type Context, commit, guard, maybe } from '#core/context'
import { Password } from '#core/customer'
import { type MailToken, mailTokenHours, provePassword, readMailToken } from '#core/identity'
import { postMail } from '#core/mail'
import { enqueueMerge } from '#core/merge'
import { emit } from '#core/outbox'
import { openSession, type Session } from '#core/session'
import { Refusal } from '#kernel/error'
import { emailKeyOf } from './claim.ts'

export const ConfirmEmail = z
  .strictObject({
    token: z.string().max(300),
    password: Password.optional().meta({
      description: 'The password of the account; or ask with its access token',
    }),
  })
  .meta({ id: 'ConfirmEmail', examples: [{ token: 'mt_…', password: 'correct horse battery' }] })
export type ConfirmEmail = z.output<typeof ConfirmEmail>

/**
 * Moves an account to the address it wished for: the link says who reads the new inbox, the password or the session whose account
 * it is. Every session ends, this is a new one; the old address gets a link to undo it, and stays reserved for 72 hours. Refuses
 * `mail_token_invalid`, `invalid_credentials`, `too_many_attempts`, `invalid_input` without a password, `email_taken`.
 */
export async function confirmEmail(ctx: Context, input: ConfirmEmail): Promise<Session> {
  const token = readMailToken(ctx, input.token)
  const { subject: customerId } = token
  const { proof, entry } =
    input.password === undefined
      ? proveSession(ctx, token)
      : await provePassword(ctx, customerId, input.password)
  const { statements, handOver } = await openSession(ctx, { customerId, entry })
  const results = await commit(ctx, {
    ...proof,
    moved: maybe(confirmStatement(ctx, token)),
    told: emit(ctx, { type: 'customer.updated', customerId, changed: 'stamped' }),
    merge: enqueueMerge(ctx, emailKeyOf(ctx, customerId)),
    warned: postMail(ctx, { lives: 'undo', letter: warningTo(ctx, customerId) }),
    ...statements,
  })
  return handOver(results)
}

function proveSession(ctx: Context, link: MailToken) {
  const { tenant, actor, now } = ctx
  if (actor.type !== 'shopper') {
    throw new Refusal('invalid_input', {
      errors: [{ path: 'password', code: 'required', message: 'Is required.' }],
    })
  }
  if (actor.id !== link.subject) throw new Refusal('mail_token_invalid')
  const still = guard(
    sql`hold_session(${tenant}, ${actor.id}, ${actor.sessionId}, ${now.toISOString()}::timestamptz)`,
  )
  return { proof: { still }, entry: { by: 'session' as const, link } }
}

function confirmStatement(ctx: Context, { id, subject, hash }: MailToken): SQL {
  const undoUntil = new Date(ctx.now.getTime() + mailTokenHours.undo * 3_600_000)
  return sql`select confirm_email(${ctx.tenant}, ${subject}, ${id}, ${hash}, ${ctx.now.toISOString()}::timestamptz,
    ${undoUntil.toISOString()}::timestamptz)`
}

/** Not to be kept from its reader by how many mails strangers had sent there. */
const warningTo = (ctx: Context, customerId: string): SQL =>
  sql`select 'email_changed' as template, e.old_email as recipient, c.locale, c.id as customer_id, e.old_email_key as email_key,
      'undo' as purpose, c.id as subject, e.id as change_id
    from customer c join email_change e on e.tenant = c.tenant and e.customer_id = c.id
    where c.tenant = ${ctx.tenant} and c.id = ${customerId} and e.confirmed_at is not null
    order by e.confirmed_at desc, e.id desc limit 1`
