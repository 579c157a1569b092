import { sql } from 'drizzle-orm'
import { type Context, maybe } from '#core/context'
import type { Statement } from '#db/statement'
import { emailKey } from './email.ts'
import type { CreateCustomer } from './input.ts'
import { nameKey } from './name.ts'

/** An account, unless one holds the address. A unique index decides, after waiting for whoever is writing the same one. */
export function insertAccount(
  ctx: Context,
  id: string,
  input: CreateCustomer,
  passwordHash: string | null,
): Statement<unknown, 'write'> {
  const { email, firstName = null, lastName = null, phone = null, locale = null } = input
  const { externalId = null, metadata = {} } = input
  const now = ctx.now.toISOString()
  return maybe(sql`insert into customer (tenant, id, external_id, email, email_key, first_name, last_name,
      first_name_key, last_name_key, phone, locale, status, password_hash, metadata, created_at, updated_at)
    values (${ctx.tenant}, ${id}, ${externalId}, ${email}, ${emailKey(email)}, ${firstName}, ${lastName},
      ${nameKey(firstName)}, ${nameKey(lastName)}, ${phone}, ${locale}, 'unverified', ${passwordHash},
      ${JSON.stringify(metadata)}::jsonb, ${now}::timestamptz, ${now}::timestamptz)
    on conflict (tenant, email_key) where status in ('unverified', 'active', 'disabled') do nothing`)
}
