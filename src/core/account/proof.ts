import { type SQL, sql } from 'drizzle-orm'
import type { Context } from '#core/context'
import { type CreateCustomer, emailKey, emailLocalPart } from '#core/customer'
import { checkNewPassword, type Kept, keepChosenPassword, type MailToken } from '#core/identity'
import { Refusal } from '#kernel/error'
import { newId } from '#kernel/id'
import { type Attempt, attemptDocument, hashForAttempt } from './attempt.ts'

/** Who a link to verify an address was sent to: a registration, and the account that has the address by now; or just an account. */
export type Proof = {
  readonly attempt: Attempt | null
  readonly account: {
    readonly id: string
    readonly email: string
    readonly status: string
    readonly passwordHash: string | null
  } | null
}

/** What comes of a proof: an account to make, or one to take over. */
export type Choice = {
  readonly customerId: string
  readonly kept: Kept
  /** Null: the account is there already. */
  readonly input: CreateCustomer | null
  readonly drop: boolean
}

/** {@link Proof}, null when the token is spent, replaced or too old. */
export const proofDocument = (ctx: Context, { id, subject, hash }: MailToken): SQL =>
  sql`select json_build_object(
      'attempt', case when attempt.id is not null then ${attemptDocument} end,
      'account', case when account.id is not null then json_build_object('id', account.id, 'email', account.email,
        'status', account.status, 'passwordHash', account.password_hash) end)
    from mail_token t
      left join attempt on attempt.tenant = t.tenant and attempt.id = t.subject
      left join customer account on account.tenant = t.tenant and account.email_key = t.email_key
        and account.status in ('unverified', 'active', 'disabled') and (attempt.id is not null or account.id = t.subject)
    where t.tenant = ${ctx.tenant} and t.id = ${id} and t.purpose = 'verify' and t.subject = ${subject} and t.hash = ${hash}
      and t.expires_at > ${ctx.now.toISOString()}::timestamptz`

/**
 * Decides what a proof is good for. The password must be the registration's, or the account's; where none was chosen yet, whoever
 * reads the inbox chooses one, and nothing that others may have written is kept. Refuses `mail_token_invalid`,
 * `invalid_credentials`, `invalid_input` for a weak new password.
 */
export async function chooseClaim(
  ctx: Context,
  proof: Proof | null,
  password: string,
): Promise<Choice> {
  const { attempt = null, account = null } = proof ?? {}
  if (attempt !== null) return chooseForAttempt(ctx, attempt, account, password)
  if (account === null || account.status === 'disabled') throw new Refusal('mail_token_invalid')
  const { id: customerId, email, passwordHash: credential } = account
  if (credential === null) {
    const holder = { customerId, email: emailKey(email), isProven: true, credential }
    const name = emailLocalPart(email)
    const kept = await keepChosenPassword(ctx, async () => holder, password, name)
    return { customerId, kept, input: null, drop: true }
  }
  const asked = { credential, email: null }
  const { isRight, grant } = await ctx.identity.accounts.check(ctx, asked, password)
  if (!isRight) throw new Refusal('invalid_credentials')
  const kept = { credential, ...(grant === undefined ? {} : { grant }) }
  return { customerId, kept, input: null, drop: false }
}

async function chooseForAttempt(
  ctx: Context,
  attempt: Attempt,
  account: Proof['account'],
  password: string,
): Promise<Choice> {
  const { id: _, passwordHash: chosen, ...profile } = attempt
  if (chosen === null) checkNewPassword(ctx, password, emailLocalPart(attempt.email))
  const hash =
    chosen === null
      ? await ctx.identity.passwords.hash(password)
      : await hashForAttempt(ctx, emailKey(attempt.email), password)
  if (chosen !== null && hash !== chosen) throw new Refusal('invalid_credentials')
  if (account !== null && account.status !== 'unverified') throw new Refusal('mail_token_invalid')
  const credential = account?.passwordHash ?? null
  const isSame = account !== null && ctx.identity.accounts.isMadeOf(credential, chosen)
  const customerId = account?.id ?? newId('customer', ctx.now)
  const holder = { customerId, email: emailKey(attempt.email), isProven: true, credential }
  const kept =
    isSame && credential !== null
      ? { credential }
      : await ctx.identity.accounts.keep(ctx, async () => holder, password, hash)
  const input = chosen === null ? { email: attempt.email } : profile
  return { customerId, kept, input: account === null ? input : null, drop: !isSame }
}
