import { type SQL, sql } from 'drizzle-orm'
import { type Context, rows } from '#core/context'
import type { Statement } from '#db/statement'
import type { AddAddress } from './input.ts'
import { samenessOf } from './sameness.ts'
import { findState } from './state.ts'

export type NewAddress = {
  readonly id: string
  readonly customerId: string
  /** Written by someone who has not proven who they are. */
  readonly unproven: boolean
  /** Only when this holds, in the commit's own eyes. */
  readonly when: SQL
}

/** An address as the database takes it: JSON of the columns. */
export function addressRecord(id: string, input: AddAddress, unproven: boolean): string {
  const { label, firstName, lastName, company, line1, line2, city, postalCode, country, phone } =
    input
  return JSON.stringify({
    id,
    label,
    first_name: firstName,
    last_name: lastName,
    company,
    line1,
    line2,
    city,
    state: findState(country, input.state ?? '') ?? input.state,
    postal_code: postalCode,
    country,
    phone,
    sameness: samenessOf(input),
    unproven,
  })
}

/**
 * An address, unless the customer has the very same; that one stays as it is, but is vouched for from now on if this one is.
 * The customer is locked before, and the defaults are settled after.
 */
export const insertAddress = (
  ctx: Context,
  { id, customerId, unproven, when }: NewAddress,
  input: AddAddress,
): Statement<unknown, 'write'> =>
  rows(sql`select insert_address(${ctx.tenant}, ${customerId}, ${addressRecord(id, input, unproven)}::jsonb,
    ${ctx.now.toISOString()}::timestamptz) where ${when}`)
