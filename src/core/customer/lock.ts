import { sql } from 'drizzle-orm'
import { type Context, guard } from '#core/context'
import type { Guard } from '#db/statement'

/**
 * Head of every change of one customer: waits for whoever is changing it. Refuses `customer_not_found`, `customer_merged`, and
 * with the caller's If-Match `precondition_failed`, naming the fields changed since.
 */
export const lockCustomer = (ctx: Context, id: string, version: number | null = null): Guard =>
  guard(sql`lock_customer(${ctx.tenant}, ${id}, ${version}::int)`)
