import * as z from 'zod'
import { type Context, commit, commitQuietly } from '#core/context'
import { createAccount, Email, emailKey, Password } from '#core/customer'
import {
  type CountedTry,
  countedTry,
  DeviceToken,
  mustTakePasswords,
  type ProviderTokens,
  releasedWhenAway,
  releaseNow,
  releaseTry,
  reserveTry,
  tryOf,
} from '#core/identity'
import { openSession, type Session } from '#core/session'
import type { RowOf } from '#db/use-case'
import { Refusal, type RefusalCode } from '#kernel/error'
import { newId } from '#kernel/id'
import { type Attempt, hashForAttempt } from './attempt.ts'
import * as query from './generated/query.ts'
import type { findCandidates } from './query/login.ts'
import { registerIdentity } from './register-identity.ts'

export const LogIn = z
  .strictObject({ email: Email, password: Password, deviceToken: DeviceToken })
  .meta({
    id: 'LogIn',
    examples: [{ email: 'jane@example.com', password: 'correct horse battery' }],
  })
export type LogIn = z.output<typeof LogIn>

type Account = NonNullable<RowOf<typeof findCandidates>['account']>

/**
 * Opens a session for the right password. The try is counted before it is made. The rows read and the number of hashes (two) are the
 * same for known and unknown addresses. Refuses `identity_elsewhere`, `invalid_credentials`, `too_many_attempts`, and with the right password
 * `email_unverified`, `customer_disabled`.
 */
export async function logIn(ctx: Context, input: LogIn): Promise<Session> {
  mustTakePasswords(ctx)
  const { email, password, deviceToken } = input
  const key = emailKey(email)
  const tryAsked = tryOf(ctx, key, deviceToken)
  const { reserved, found } = await commitQuietly(ctx, {
    reserved: reserveTry(ctx, tryAsked, { emailKey: key }),
    found: query.findCandidates({
      tenant: ctx.tenant,
      emailKey: key,
      now: ctx.now.toISOString(),
    }),
  })
  const tried = countedTry(ctx, tryAsked, reserved)
  const account = found[0]?.account ?? null
  const attempts = found.flatMap(({ attempt }) => attempt ?? [])
  const asked = { credential: account?.passwordHash ?? null, email: key }
  const { hash, isRight, isStranger, grant } = await releasedWhenAway(ctx, tried, async () => ({
    // This hash is first with every provider: the line refuses no other one of a request.
    hash: await hashForAttempt(ctx, key, password, { isKnownDevice: tried.isFromDevice }),
    ...(await ctx.identity.accounts.check(ctx, asked, password)),
  }))
  const attempt = attempts.find(({ passwordHash }) => passwordHash === hash)
  if (account !== null && isRight) return enter(ctx, tried, account, { password, grant })
  if (isStranger) return registerIdentity(ctx, tried, email, hash)
  if (attempt === undefined) throw new Refusal('invalid_credentials')
  const proofIsAsked = ctx.settings.require_email_verification
  if (proofIsAsked || account !== null)
    return releaseAndRefuse(ctx, tried, 'email_unverified', false)
  return enterProvisionally(ctx, tried, attempt, password)
}

type Shown = { readonly password: string; readonly grant: ProviderTokens | undefined }

async function enter(ctx: Context, tried: CountedTry, account: Account, shown: Shown) {
  const { id, status, passwordHash } = account
  if (status === 'disabled') return releaseAndRefuse(ctx, tried, 'customer_disabled', true)
  if (status === 'unverified' && ctx.settings.require_email_verification) {
    return releaseAndRefuse(ctx, tried, 'email_unverified', true)
  }
  const entry = { by: 'password' as const, credential: passwordHash ?? '', ...shown }
  const { statements, handOver } = await openSession(ctx, { customerId: id, passwordHash, entry })
  const results = await commitQuietly(ctx, {
    ...statements,
    released: releaseTry(ctx, tried, { forget: true }),
    ...(await rehash(ctx, account, shown.password)),
  })
  return handOver(results)
}

/** Replaces a hash that was made with weaker parameters. */
async function rehash(ctx: Context, { id, passwordHash: hash }: Account, password: string) {
  const { identity, tenant } = ctx
  if (hash === null || !identity.accounts.isOutdated(hash)) return {}
  const newHash = await identity.passwords.hash(password)
  return { rehashed: query.replaceHash({ tenant, id, hash, newHash }) }
}

/** Refuses a right password without the right to log in. The code names the reason; the try does not count as failed. */
async function releaseAndRefuse(
  ctx: Context,
  tried: CountedTry,
  code: RefusalCode,
  forget: boolean,
): Promise<never> {
  await releaseNow(ctx, tried, { forget })
  throw new Refusal(code)
}

/** In a shop that asks for no proof, the first login makes a provisional account of the attempt. It makes room for a service's account. */
async function enterProvisionally(
  ctx: Context,
  tried: CountedTry,
  attempt: Attempt,
  password: string,
): Promise<Session> {
  const id = newId('customer', ctx.now)
  const owner = { customerId: id, email: null, isProven: false, credential: null }
  const { credential, grant } = await releasedWhenAway(ctx, tried, () =>
    ctx.identity.accounts.setPassword(
      ctx,
      async () => owner,
      password,
      attempt.passwordHash ?? undefined,
    ),
  )
  const entry = { by: 'password' as const, credential, password, grant }
  const { statements, handOver } = await openSession(ctx, { customerId: id, entry })
  const results = await commit(ctx, {
    customer: createAccount(ctx, attempt, {
      id,
      credential,
      isProven: false,
      taken: 'email_unverified',
    }),
    released: releaseTry(ctx, tried, { forget: false }),
    ...statements,
  })
  return handOver(results)
}
