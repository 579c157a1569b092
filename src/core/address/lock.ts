import { sql } from 'drizzle-orm'
import { type Context, guard } from '#core/context'
import type { Guard } from '#db/statement'

/**
 * Head of every change of one address. Refuses `customer_not_found`, `customer_merged`, `address_not_found`, and with the
 * caller's If-Match `precondition_failed`, naming the fields changed since.
 */
export const lockAddress = (ctx: Context, customerId: string, id: string): Guard =>
  guard(sql`lock_address(${ctx.tenant}, ${customerId}, ${id}, ${ctx.ifMatch}::int)`)
