import { type SQL, sql } from 'drizzle-orm'
import type { Context } from '#core/context'
import type { CustomerEventType } from '#core/event'
import { Announcement } from '#db/statement'
import { newId } from '#kernel/id'
import { textArray } from './text-array.ts'

export type Emission = {
  readonly type: CustomerEventType
  readonly customerId: string
  /** The fields a reader sees changed. `stamped`: those the statement before stamped in `changed_at`; none, no event. */
  readonly changed?: readonly string[] | 'stamped'
  /** What the event says besides the customer: a JSON object. */
  readonly data?: SQL
  /** Only when this holds, in the commit's own eyes. */
  readonly when?: SQL
}

/**
 * Announces a change in the commit that makes it: bumps the customer's gapless sequence (and its version, when a reader would
 * see a difference), writes the event from the row as it is now, and the job that carries it to the world.
 */
export function emit(ctx: Context, emission: Emission): Announcement {
  const { type, customerId, changed = [], data = sql`'{}'::jsonb`, when = sql`true` } = emission
  const job = newId('job', ctx.now)
  const fields = changed === 'stamped' ? sql`null::text[]` : textArray(changed)
  const query = sql`select emit(${ctx.tenant}, ${customerId}, ${newId('event', ctx.now)}, ${job}, ${type},
    ${fields}, ${data}, ${actorDocument(ctx)}::jsonb, ${ctx.requestId}, ${ctx.now.toISOString()}::timestamptz) as sequence
    where ${when}`
  return new Announcement(query, { tenant: ctx.tenant, id: job, kind: 'announce' })
}

export const actorDocument = (ctx: Context): string =>
  JSON.stringify({ type: ctx.actor.type, id: ctx.actor.id })
