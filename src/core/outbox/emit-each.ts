import { type SQL, sql } from 'drizzle-orm'
import type { Context } from '#core/context'
import type { CustomerEventType } from '#core/event'
import { Announcements } from '#db/statement'
import { newId } from '#kernel/id'
import { actorDocument } from './emit.ts'
import { textArray } from './text-array.ts'

export type Emissions = {
  readonly type: CustomerEventType
  /** The fields a reader sees changed in each of the customers. */
  readonly changed?: readonly string[]
  /**
   * A JSON array: per event an object with `customerId` and what else the event says; a customer may come up more than once. What
   * makes it has locked the customers, in the order of their ids, and changed their rows.
   */
  readonly changes: SQL
}

/** Announces changes of many customers in the commit that makes them, as `emit` does of one, in one statement. */
export function emitEach(ctx: Context, { type, changed = [], changes }: Emissions): Announcements {
  const query = sql`select emit_each(${ctx.tenant}, ${newId('event', ctx.now)}, ${newId('job', ctx.now)}, ${type},
    ${textArray(changed)}, ${changes}, ${actorDocument(ctx)}::jsonb, ${ctx.requestId}, ${ctx.now.toISOString()}::timestamptz) as job`
  return new Announcements(query, { tenant: ctx.tenant, kind: 'announce' })
}

/** How many events of this type the commit has written so far. */
export const toldSoFar = (ctx: Context, type: CustomerEventType): SQL =>
  sql`(select count(*)::int from event
    where tenant = ${ctx.tenant} and xact = pg_current_xact_id() and type = ${type})`
