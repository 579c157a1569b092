import { sql } from 'drizzle-orm'
import { type Context, guard } from '#core/context'
import type { Guard } from '#db/statement'

/**
 * Head of every change of a group: waits for whoever is changing it or adding to it. Refuses `group_not_found`, and with the
 * caller's If-Match `precondition_failed`.
 */
export const lockGroup = (ctx: Context, key: string): Guard =>
  guard(sql`lock_group(${ctx.tenant}, ${key}, ${ctx.ifMatch}::int)`)

/**
 * Head of adding to a group, before the customers are locked: keeps it from being deleted meanwhile, and makes it when there is
 * none and `create` says so. Refuses `group_not_found`, `group_being_deleted`.
 */
export const holdGroup = (ctx: Context, key: string, create: boolean): Guard =>
  guard(
    sql`hold_group(${ctx.tenant}, ${key}, ${create}::boolean, ${ctx.now.toISOString()}::timestamptz)`,
  )
