import { sql } from 'drizzle-orm'
import { type Context, guard } from '#core/context'
import type { Guard } from '#db/statement'

/**
 * Head of every addition: waits for whoever is changing the customer. Refuses `customer_not_found`, `customer_merged` and
 * `address_limit_reached`, unless the customer has the very same address.
 */
export const lockAddressBook = (ctx: Context, customerId: string, sameness: string): Guard =>
  guard(
    sql`lock_address_book(${ctx.tenant}, ${customerId}, ${sameness}, ${ctx.settings.max_addresses}::int)`,
  )

/**
 * Head of every change of one address. Refuses `customer_not_found`, `customer_merged`, `address_not_found`, and with the
 * caller's If-Match `precondition_failed`, naming the fields changed since.
 */
export const lockAddress = (ctx: Context, customerId: string, id: string): Guard =>
  guard(sql`lock_address(${ctx.tenant}, ${customerId}, ${id}, ${ctx.ifMatch}::int)`)
