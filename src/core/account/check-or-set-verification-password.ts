import type { Context } from '#core/context'
import { type CreateCustomer, emailKey, emailLocalPart } from '#core/customer'
import { checkNewPassword, type StoredPassword } from '#core/identity'
import type { RowOf } from '#db/use-case'
import { Refusal } from '#kernel/error'
import { newId } from '#kernel/id'
import type { findVerificationCandidates } from './query/find-candidates-and-verify.ts'
import { hashForAttempt } from './registration-attempt.ts'

/** The receiver of a link to verify an address: an account, or a registration with the account that has its address by now. */
type Proof = RowOf<typeof findVerificationCandidates>

/** The result of a proof: an account to create, or an account to claim. */
export type CheckedVerification = {
  readonly customerId: string
  readonly stored: StoredPassword
  /** Null: the account exists already. */
  readonly input: CreateCustomer | null
  readonly drop: boolean
}

/**
 * Checks the password that comes with a link of a mail, and decides what follows. A live registration's password creates an account with its profile. The account's own password claims the account with its data. A new password drops all data that others may have written. An existing account takes nothing from a registration. Refuses `mail_token_invalid`, `invalid_input` for a weak new password.
 */
export async function checkOrSetVerificationPassword(
  ctx: Context,
  found: readonly Proof[],
  password: string,
): Promise<CheckedVerification> {
  const { account = null } = found[0] ?? {}
  const attempts = found.flatMap(({ attempt }) => attempt ?? [])
  const email = attempts[0]?.email ?? account?.email
  if (email === undefined || account?.status === 'disabled') throw new Refusal('mail_token_invalid')
  const known = account?.passwordHash ?? null
  const hash = attempts.length > 0 ? await hashForAttempt(ctx, emailKey(email), password) : null
  const attempt = attempts.find(({ passwordHash }) => hash !== null && passwordHash === hash)
  if (account !== null && known !== null) {
    const own = await checkOwn(ctx, known, attempt?.passwordHash ?? null, password)
    if (own !== null) return { customerId: account.id, stored: own, input: null, drop: false }
  }
  if (attempt === undefined) checkNewPassword(ctx, password, emailLocalPart(email))
  const customerId = account?.id ?? newId('customer', ctx.now)
  const owner = { customerId, email: emailKey(email), isProven: true, credential: known }
  const stored = await ctx.identity.accounts.setPassword(
    ctx,
    async () => owner,
    password,
    attempt?.passwordHash ?? undefined,
  )
  if (account !== null) return { customerId, stored, input: null, drop: true }
  const { id: _, passwordHash: __, ...profile } = attempt ?? { id: null, passwordHash: null, email }
  return { customerId, stored, input: profile, drop: true }
}

/** The account's password, if this is it; null for another one. */
async function checkOwn(
  ctx: Context,
  credential: string,
  attempted: string | null,
  password: string,
): Promise<StoredPassword | null> {
  if (ctx.identity.accounts.isMadeOf(credential, attempted)) return { credential }
  const asked = { credential, email: null }
  const { isRight, grant } = await ctx.identity.accounts.check(ctx, asked, password)
  return isRight ? { credential, ...(grant === undefined ? {} : { grant }) } : null
}
