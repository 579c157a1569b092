import { sql } from 'drizzle-orm'
import { type Context, maybe } from '#core/context'
import { emailKey, nameKey } from '#core/customer'
import type { Statement } from '#db/statement'
import type { CreateGuest } from './input.ts'

/** A guest, unless the address has one. A unique index decides, after waiting for whoever is writing the same one. */
export function insertGuest(
  ctx: Context,
  { id, unproven }: { readonly id: string; readonly unproven: boolean },
  input: CreateGuest,
): Statement<unknown, 'write'> {
  const { email, firstName = null, lastName = null, phone = null, locale = null } = input
  const now = ctx.now.toISOString()
  return maybe(sql`insert into customer (tenant, id, email, email_key, first_name, last_name, first_name_key, last_name_key,
      phone, locale, status, unproven, created_at, updated_at)
    values (${ctx.tenant}, ${id}, ${email}, ${emailKey(email)}, ${firstName}, ${lastName}, ${nameKey(firstName)},
      ${nameKey(lastName)}, ${phone}, ${locale}, 'guest', ${unproven}::boolean, ${now}::timestamptz, ${now}::timestamptz)
    on conflict (tenant, email_key) where status = 'guest' do nothing`)
}
