import { sql } from 'drizzle-orm'
import { type Context, commitUntold } from '#core/context'
import { type CreateCustomer, emailKey, emailLocalPart } from '#core/customer'
import { checkNewPassword } from '#core/identity'
import { postMail } from '#core/mail'
import { Refusal } from '#kernel/error'
import { type Accepted, keepAccepted } from './accepted.ts'
import { hashForAttempt, isLive, keepAttempt } from './attempt.ts'
import { lockEmail } from './lock-email.ts'

/**
 * A stranger registers in a storefront: an attempt is kept and a mail is sent, to an address with an account too; the answer,
 * the statements and the rows are the same. Refuses `invalid_input` for a weak password.
 */
export async function registerAttempt(ctx: Context, input: CreateCustomer): Promise<Accepted> {
  if (ctx.actor.type !== 'storefront') throw new Refusal('caller_not_allowed')
  if (input.externalId !== undefined) throw new Refusal('caller_not_allowed')
  const key = emailKey(input.email)
  const passwordHash = await hashOf(ctx, input, key)
  const { answer } = await commitUntold(ctx, {
    email: lockEmail(ctx, key),
    ...attemptStatements(ctx, input, passwordHash),
    answer: keepAccepted(),
  })
  return answer
}

/** The attempt, and the mail to whom it concerns; after a lock of the address. */
export function attemptStatements(
  ctx: Context,
  input: CreateCustomer,
  passwordHash: string | null,
) {
  const key = emailKey(input.email)
  return {
    attempt: keepAttempt(ctx, input, passwordHash),
    mail: postMail(ctx, { letter: letterFor(ctx, key, passwordHash), askedFor: key }),
  }
}

async function hashOf(ctx: Context, { email, password }: CreateCustomer, key: string) {
  if (password === undefined) return null
  checkNewPassword(ctx, password, emailLocalPart(email))
  return hashForAttempt(ctx, key, password)
}

/** To the owner of an account: that there is one. To anyone else: the link that makes one of the attempt. */
const letterFor = (ctx: Context, key: string, passwordHash: string | null) =>
  sql`select case when account.id is null then 'verify' else 'account_exists' end as template,
      case when account.status is distinct from 'disabled' then coalesce(account.email, attempt.email) end as recipient,
      coalesce(account.locale, attempt.locale) as locale, account.id as customer_id, ${key}::text as email_key,
      case when account.id is null then 'verify' else 'reset' end as purpose,
      coalesce(account.id, attempt.id) as subject, null::text as change_id
    from (select) one
      left join customer account on account.tenant = ${ctx.tenant} and account.email_key = ${key}
        and account.status in ('active', 'disabled')
      left join attempt on ${isLive(ctx, key)} and attempt.password_hash is not distinct from ${passwordHash}::text`
