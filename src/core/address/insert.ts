import { type SQL, sql } from 'drizzle-orm'
import { type Context, maybe } from '#core/context'
import type { Statement } from '#db/statement'
import type { AddAddress } from './input.ts'
import { samenessOf } from './sameness.ts'
import { findState } from './state.ts'

export type NewAddress = {
  readonly id: string
  readonly customerId: string
  /** Written by someone who has not proven who they are. */
  readonly unproven?: boolean
  /** Only when this holds, in the commit's own eyes. */
  readonly when?: SQL
}

/**
 * An address, unless the customer has the very same; that one stays as it is, but is vouched for from now on if this one is.
 * The customer is locked before, and the defaults are settled after.
 */
export function insertAddress(
  ctx: Context,
  { id, customerId, unproven = false, when = sql`true` }: NewAddress,
  input: AddAddress,
): Statement<unknown, 'write'> {
  const { label = null, firstName = null, lastName = null, company = null } = input
  const { line1, line2 = null, city = null, postalCode = null, country, phone = null } = input
  const state = findState(country, input.state ?? '') ?? input.state ?? null
  const now = ctx.now.toISOString()
  return maybe(sql`insert into address (tenant, id, customer_id, label, first_name, last_name, company,
      line1, line2, city, state, postal_code, country, phone, sameness, unproven, created_at, updated_at)
    select ${ctx.tenant}, ${id}, ${customerId}, ${label}, ${firstName}, ${lastName}, ${company},
      ${line1}, ${line2}, ${city}, ${state}, ${postalCode}, ${country}, ${phone}, ${samenessOf(input)},
      ${unproven}::boolean, ${now}::timestamptz, ${now}::timestamptz
    where ${when}
    on conflict (tenant, customer_id, sameness) do update set unproven = false
      where address.unproven and not excluded.unproven`)
}
