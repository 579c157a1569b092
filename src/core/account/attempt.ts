import { type SQL, sql } from 'drizzle-orm'
import { type Context, rows } from '#core/context'
import { type CreateCustomer, emailKey } from '#core/customer'
import type { Statement } from '#db/statement'
import { newId } from '#kernel/id'

const LIVES_MS = 24 * 60 * 60_000
/** Of one address at a time. More are not kept: whatever was mailed stays good. */
const LIVE_ATTEMPTS = 5
const SALT_BYTES = 16

/**
 * The hash of a password in an attempt. All attempts of one address have the same salt, which only we can make, so that a login
 * tries them all, or none, with one hash.
 */
export function hashForAttempt(ctx: Context, key: string, password: string): Promise<string> {
  const salt = Buffer.from(ctx.keyring.mac('salt', `${ctx.tenant} ${key}`), 'base64url')
  return ctx.identity.passwords.hash(password, salt.subarray(0, SALT_BYTES))
}

/** Keeps an attempt to register. With the same password it is the same attempt, and what it says now counts. */
export function keepAttempt(
  ctx: Context,
  input: CreateCustomer,
  passwordHash: string | null,
): Statement<unknown, 'write'> {
  const { email, firstName = null, lastName = null, phone = null, locale = null } = input
  const expires = new Date(ctx.now.getTime() + LIVES_MS).toISOString()
  return rows(sql`insert into attempt (tenant, id, email, email_key, password_hash, first_name, last_name, phone, locale,
      metadata, created_at, expires_at)
    select ${ctx.tenant}, ${newId('attempt', ctx.now)}, ${email}, ${emailKey(email)}, ${passwordHash}, ${firstName}, ${lastName},
      ${phone}, ${locale}, ${JSON.stringify(input.metadata ?? {})}::jsonb, ${ctx.now.toISOString()}::timestamptz,
      ${expires}::timestamptz
    where (select count(*) from attempt where ${isLive(ctx, emailKey(email))}
      and password_hash is distinct from ${passwordHash}::text) < ${LIVE_ATTEMPTS}::int
    on conflict on constraint attempt_one_per_password do update set email = excluded.email,
      first_name = excluded.first_name, last_name = excluded.last_name, phone = excluded.phone, locale = excluded.locale,
      metadata = excluded.metadata, created_at = excluded.created_at, expires_at = excluded.expires_at`)
}

/** What an attempt would make a customer of. */
export type Attempt = Pick<
  CreateCustomer,
  'email' | 'firstName' | 'lastName' | 'phone' | 'locale' | 'metadata'
> & { readonly id: string; readonly passwordHash: string | null }

/** A row of `attempt` as {@link Attempt}, in JSON. */
export const attemptDocument: SQL = sql`json_build_object('id', attempt.id, 'passwordHash', attempt.password_hash,
  'email', attempt.email, 'firstName', attempt.first_name, 'lastName', attempt.last_name, 'phone', attempt.phone,
  'locale', attempt.locale, 'metadata', attempt.metadata)`

export const isLive = (ctx: Context, key: string): SQL =>
  sql`attempt.tenant = ${ctx.tenant} and attempt.email_key = ${key} and attempt.expires_at > ${ctx.now.toISOString()}::timestamptz`
