import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { type Context, commit, commitQuietly, document, maybe } from '#core/context'
import { createAccount, Email, emailKey, Password } from '#core/customer'
import {
  heedWait,
  type ProviderTokens,
  reserveTry,
  settledWhenAway,
  settleTry,
  type Try,
  tryOf,
} from '#core/identity'
import { openSession, type Session } from '#core/session'
import { Refusal, type RefusalCode } from '#kernel/error'
import { newId } from '#kernel/id'
import { type Attempt, attemptDocument, hashForAttempt, isLive } from './attempt.ts'
import { introduce } from './introduce.ts'
import { lockEmail } from './lock-email.ts'

export const LogIn = z.strictObject({ email: Email, password: Password }).meta({
  id: 'LogIn',
  examples: [{ email: 'jane@example.com', password: 'correct horse battery' }],
})
export type LogIn = z.output<typeof LogIn>

type Account = {
  readonly id: string
  readonly status: 'unverified' | 'active' | 'disabled'
  readonly passwordHash: string | null
}
type Found = { readonly account: Account | null; readonly attempts: readonly Attempt[] }

/**
 * A session for whoever knows the password. The try is counted before it is made; what is read, and how many hashes are made
 * (two), is the same whether the address is known or not. Refuses `invalid_credentials`, `too_many_attempts`, and with the right
 * password `email_unverified`, `customer_disabled`.
 */
export async function logIn(ctx: Context, { email, password }: LogIn): Promise<Session> {
  const key = emailKey(email)
  const tried = tryOf(ctx, key)
  const { wait, found } = await commitQuietly(ctx, {
    wait: reserveTry(ctx, tried, accountOf(ctx, key)),
    found: document<Found>(candidates(ctx, key)),
  })
  heedWait(wait)
  const { account = null, attempts = [] } = found ?? {}
  const asked = { credential: account?.passwordHash ?? null, email: key }
  const { isRight, isStranger, grant } = await settledWhenAway(ctx, tried, () =>
    ctx.identity.accounts.check(ctx, asked, password),
  )
  const hash = await hashForAttempt(ctx, key, password)
  const attempt = attempts.find(({ passwordHash }) => passwordHash === hash)
  if (account !== null && isRight) return enter(ctx, tried, account, { password, grant })
  if (isStranger) return introduce(ctx, tried, email, hash)
  if (attempt === undefined) throw new Refusal('invalid_credentials')
  const proofIsAsked = ctx.settings.require_email_verification
  if (proofIsAsked || account !== null)
    return settleAndRefuse(ctx, tried, 'email_unverified', false)
  return enterProvisionally(ctx, tried, attempt, password)
}

const accountOf = (ctx: Context, key: string) =>
  sql`select id from customer where tenant = ${ctx.tenant} and email_key = ${key} and status in ('unverified', 'active', 'disabled')`

/** Everyone who might be meant by an address: the account that has it, and the attempts that would like to. */
const candidates = (ctx: Context, key: string) =>
  sql`select json_build_object(
    'account', (select json_build_object('id', id, 'status', status, 'passwordHash', password_hash) from customer
      where tenant = ${ctx.tenant} and email_key = ${key} and status in ('unverified', 'active', 'disabled')),
    'attempts', (select coalesce(json_agg(${attemptDocument}), '[]') from attempt
      where ${isLive(ctx, key)} and password_hash is not null))`

type Shown = { readonly password: string; readonly grant: ProviderTokens | undefined }

async function enter(ctx: Context, tried: Try, account: Account, shown: Shown) {
  const { id, status, passwordHash } = account
  if (status === 'disabled') return settleAndRefuse(ctx, tried, 'customer_disabled', true)
  if (status === 'unverified' && ctx.settings.require_email_verification) {
    return settleAndRefuse(ctx, tried, 'email_unverified', true)
  }
  const entry = { by: 'password' as const, credential: passwordHash ?? '', ...shown }
  const { statements, handOver } = await openSession(ctx, { customerId: id, passwordHash, entry })
  const results = await commitQuietly(ctx, {
    ...statements,
    settled: settleTry(ctx, tried, { forget: true }),
    rehashed: maybe(
      sql`update customer set password_hash = ${await rehash(ctx, account, shown.password)}
        where tenant = ${ctx.tenant} and id = ${id} and password_hash = ${passwordHash} and ${isOutdated(ctx, account)}::boolean`,
    ),
  })
  return handOver(results)
}

const isOutdated = ({ identity }: Context, { passwordHash }: Account): boolean =>
  passwordHash !== null && identity.accounts.isOutdated(passwordHash)

/** A hash like a new one, when this one was made with less. */
const rehash = async (ctx: Context, account: Account, password: string) =>
  isOutdated(ctx, account) ? ctx.identity.passwords.hash(password) : account.passwordHash

/** The right password, but not yet the right to log in. The shop is told; the try does not count as failed. */
async function settleAndRefuse(
  ctx: Context,
  tried: Try,
  code: RefusalCode,
  forget: boolean,
): Promise<never> {
  await commitQuietly(ctx, { settled: settleTry(ctx, tried, { forget }) })
  throw new Refusal(code)
}

/** In a shop that asks for no proof, the first login makes an account of the attempt; it holds the address against no service. */
async function enterProvisionally(
  ctx: Context,
  tried: Try,
  attempt: Attempt,
  password: string,
): Promise<Session> {
  const id = newId('customer', ctx.now)
  const holder = { customerId: id, email: null, isProven: false, credential: null }
  const { credential, grant } = await settledWhenAway(ctx, tried, () =>
    ctx.identity.accounts.keep(
      ctx,
      async () => holder,
      password,
      attempt.passwordHash ?? undefined,
    ),
  )
  const entry = { by: 'password' as const, credential, password, grant }
  const { statements, handOver } = await openSession(ctx, { customerId: id, entry })
  const results = await commit(ctx, {
    email: lockEmail(ctx, emailKey(attempt.email)),
    customer: createAccount(ctx, attempt, {
      id,
      credential,
      isProven: false,
      taken: 'email_unverified',
    }),
    settled: settleTry(ctx, tried, { forget: false }),
    ...statements,
  })
  return handOver(results)
}
