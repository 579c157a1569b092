import { sql } from 'drizzle-orm'
import { type Context, maybe } from '#core/context'
import type { Statement } from '#db/statement'
import { emailKey } from './email.ts'
import type { CreateCustomer } from './input.ts'
import { nameKey } from './name.ts'

/**
 * How sure it is that the address is theirs who have the password: not at all (a service made the account, or with `provisional`
 * a login from a storefront), or proven.
 */
export type Standing = 'unverified' | 'provisional' | 'claimed'

/** An account, unless one holds the address. A unique index decides, after waiting for whoever is writing the same one. */
export function insertAccount(
  ctx: Context,
  id: string,
  input: CreateCustomer,
  passwordHash: string | null,
  standing: Standing = 'unverified',
): Statement<unknown, 'write'> {
  const { email, firstName = null, lastName = null, phone = null, locale = null } = input
  const { externalId = null, metadata = {} } = input
  const now = ctx.now.toISOString()
  const proven = standing === 'claimed' ? now : null
  return maybe(sql`insert into customer (tenant, id, external_id, email, email_key, first_name, last_name,
      first_name_key, last_name_key, phone, locale, status, provisional, email_verified_at, claimed_at, password_hash, metadata,
      created_at, updated_at)
    values (${ctx.tenant}, ${id}, ${externalId}, ${email}, ${emailKey(email)}, ${firstName}, ${lastName},
      ${nameKey(firstName)}, ${nameKey(lastName)}, ${phone}, ${locale}, ${proven === null ? 'unverified' : 'active'},
      ${standing === 'provisional'}::boolean, ${proven}::timestamptz, ${proven}::timestamptz, ${passwordHash},
      ${JSON.stringify(metadata)}::jsonb, ${now}::timestamptz, ${now}::timestamptz)
    on conflict (tenant, email_key) where status in ('unverified', 'active', 'disabled') do nothing`)
}
