import { type Context, commitWithoutKey, type Statements } from '#core/context'
import { createRequestedAccountCall, emailKey } from '#core/customer'
import {
  type CountedTry,
  type LoginProof,
  mustTakePasswords,
  type ProviderTokens,
  readCountedTryOrRefuse,
  releaseTryCall,
  releaseTryNow,
  reserveTryCall,
  tryOfAccount,
  workOrReleaseTry,
} from '#core/identity'
import type { RowOf } from '#db/use-case'
import { Refusal, type RefusalCode } from '#kernel/error'
import { newId } from '#kernel/id'
import * as query from './generated/query.ts'
import type { LogIn } from './login.ts'
import type { findLoginCandidates } from './query/check-login.ts'
import { hashForAttempt, type RegistrationAttempt } from './registration-attempt.ts'
import { storeIdentityAttemptAndRefuse } from './store-identity-attempt-and-refuse.ts'

type Account = NonNullable<RowOf<typeof findLoginCandidates>['account']>

/** A checked login: the customer, the means of the login, and the statements before and after those that open the session. */
export type CheckedLogin = {
  readonly customerId: string
  /** The commit refuses if the account has another hash by then. Null: the commit creates the account. */
  readonly passwordHash: string | null
  readonly entry: LoginProof
  readonly before: Statements
  readonly after: Statements
}

/**
 * Checks a password. The try is counted before it is made. The rows read and the number of hashes (two) are the same for known and unknown
 * addresses. Refuses `identity_elsewhere`, `invalid_credentials`, `too_many_attempts`, and with the right password `email_unverified`, `customer_disabled`.
 */
export async function checkLogin(ctx: Context, input: LogIn): Promise<CheckedLogin> {
  mustTakePasswords(ctx)
  const { email, password, deviceToken } = input
  const key = emailKey(email)
  const tryAsked = tryOfAccount(ctx, key, deviceToken)
  const { reserved, found } = await commitWithoutKey(ctx, {
    reserved: reserveTryCall(ctx, tryAsked, { emailKey: key }),
    found: query.findLoginCandidates({
      tenant: ctx.tenant,
      emailKey: key,
      now: ctx.now.toISOString(),
    }),
  })
  const tried = readCountedTryOrRefuse(ctx, tryAsked, reserved)
  const account = found[0]?.account ?? null
  const attempts = found.flatMap(({ attempt }) => attempt ?? [])
  const asked = { credential: account?.passwordHash ?? null, email: key }
  const { hash, isRight, isStranger, grant } = await workOrReleaseTry(ctx, tried, async () => ({
    // This hash is first with every provider: the line refuses no other one of a request.
    hash: await hashForAttempt(ctx, key, password, { isKnownDevice: tried.isFromDevice }),
    ...(await ctx.identity.accounts.check(ctx, asked, password)),
  }))
  const attempt = attempts.find(({ passwordHash }) => passwordHash === hash)
  if (account !== null && isRight) return checked(ctx, tried, account, { password, grant })
  if (isStranger) return storeIdentityAttemptAndRefuse(ctx, tried, email, hash)
  if (attempt === undefined) throw new Refusal('invalid_credentials')
  const proofIsAsked = ctx.settings.require_email_verification
  if (proofIsAsked || account !== null)
    return releaseAndRefuse(ctx, tried, 'email_unverified', false)
  return checkedProvisionally(ctx, tried, attempt, password)
}

type Shown = { readonly password: string; readonly grant: ProviderTokens | undefined }

async function checked(
  ctx: Context,
  tried: CountedTry,
  account: Account,
  shown: Shown,
): Promise<CheckedLogin> {
  const { id: customerId, status, passwordHash } = account
  if (status === 'disabled') return releaseAndRefuse(ctx, tried, 'customer_disabled', true)
  if (status === 'unverified' && ctx.settings.require_email_verification) {
    return releaseAndRefuse(ctx, tried, 'email_unverified', true)
  }
  return {
    customerId,
    passwordHash,
    entry: { by: 'password', credential: passwordHash ?? '', ...shown },
    before: {},
    after: {
      released: releaseTryCall(ctx, tried, { forget: true }),
      ...(await rehash(ctx, account, shown.password)),
    },
  }
}

/** Replaces a hash that was made with weaker parameters. */
async function rehash(ctx: Context, { id, passwordHash: hash }: Account, password: string) {
  const { identity, tenant } = ctx
  if (hash === null || !identity.accounts.isOutdated(hash)) return {}
  const newHash = await identity.passwords.hash(password)
  return { rehashed: query.replacePasswordHash({ tenant, id, hash, newHash }) }
}

/** Refuses a login whose password is right but whose account may not log in. The code names the reason. The try does not count as failed. */
async function releaseAndRefuse(
  ctx: Context,
  tried: CountedTry,
  code: RefusalCode,
  forget: boolean,
): Promise<never> {
  await releaseTryNow(ctx, tried, { forget })
  throw new Refusal(code)
}

/** If the shop asks for no proof, the first login turns the attempt into a provisional account. An account that a service creates replaces it. */
async function checkedProvisionally(
  ctx: Context,
  tried: CountedTry,
  attempt: RegistrationAttempt,
  password: string,
): Promise<CheckedLogin> {
  const customerId = newId('customer', ctx.now)
  const owner = { customerId, email: null, isProven: false, credential: null }
  const { credential, grant } = await workOrReleaseTry(ctx, tried, () =>
    ctx.identity.accounts.setPassword(
      ctx,
      async () => owner,
      password,
      attempt.passwordHash ?? undefined,
    ),
  )
  const made = { id: customerId, credential, isProven: false, taken: 'email_unverified' } as const
  return {
    customerId,
    passwordHash: null,
    entry: { by: 'password', credential, password, grant },
    before: {
      customer: createRequestedAccountCall(ctx, attempt, made),
      released: releaseTryCall(ctx, tried, { forget: false }),
    },
    after: {},
  }
}
