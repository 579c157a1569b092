import type { Context } from '#core/context'
import { type CreateCustomer, emailKey, emailLocalPart } from '#core/customer'
import { checkNewPassword, type StoredPassword, setChosenPassword } from '#core/identity'
import type { RowOf } from '#db/use-case'
import { Refusal } from '#kernel/error'
import { newId } from '#kernel/id'
import { type Attempt, hashForAttempt } from './attempt.ts'
import type { findProof } from './query/verify.ts'

/** The receiver of a link to verify an address: an account, or a registration with the account that has its address by now. */
type Proof = RowOf<typeof findProof>

/** The result of a proof: an account to create, or an account to claim. */
export type Choice = {
  readonly customerId: string
  readonly stored: StoredPassword
  /** Null: the account exists already. */
  readonly input: CreateCustomer | null
  readonly drop: boolean
}

/**
 * Decides what a proof allows. The password must be that of the registration or of the account. If there is none yet, the reader of
 * the inbox chooses one, and all data that others may have written is dropped. Refuses `mail_token_invalid`, `invalid_credentials`,
 * `invalid_input` for a weak new password.
 */
export async function chooseClaim(
  ctx: Context,
  proof: Proof | undefined,
  password: string,
): Promise<Choice> {
  const { attempt = null, account = null } = proof ?? {}
  if (attempt !== null) return chooseForAttempt(ctx, attempt, account, password)
  if (account === null || account.status === 'disabled') throw new Refusal('mail_token_invalid')
  const { id: customerId, email, passwordHash: credential } = account
  if (credential === null) {
    const owner = { customerId, email: emailKey(email), isProven: true, credential }
    const name = emailLocalPart(email)
    const stored = await setChosenPassword(ctx, async () => owner, password, name)
    return { customerId, stored, input: null, drop: true }
  }
  const asked = { credential, email: null }
  const { isRight, grant } = await ctx.identity.accounts.check(ctx, asked, password)
  if (!isRight) throw new Refusal('invalid_credentials')
  const stored = { credential, ...(grant === undefined ? {} : { grant }) }
  return { customerId, stored, input: null, drop: false }
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
  const owner = { customerId, email: emailKey(attempt.email), isProven: true, credential }
  const stored =
    isSame && credential !== null
      ? { credential }
      : await ctx.identity.accounts.setPassword(ctx, async () => owner, password, hash)
  const input = chosen === null ? { email: attempt.email } : profile
  return { customerId, stored, input: account === null ? input : null, drop: !isSame }
}
