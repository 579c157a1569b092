import { sql } from 'drizzle-orm'
import { type Context, commit, mayUse } from '#core/context'
import { actorDocument } from '#core/outbox'
import { Statement } from '#db/statement'
import { newId } from '#kernel/id'

/** A guest that ordered nothing is kept so long. */
const KEPT_DAYS = 90
const AT_ONCE = 500
const DAY_MS = 24 * 60 * 60 * 1000

type Walk = { readonly more: boolean; readonly jobs: string[] }

/**
 * Removes guests that have had no order for 90 days, with all that is held about them; that it happened is told, without saying
 * whom it was about. Looks at the next guests of a walk over all. True when there may be more.
 */
export async function purgeGuests(ctx: Context): Promise<boolean> {
  mayUse(ctx, 'customer:erase')
  const before = new Date(ctx.now.getTime() - KEPT_DAYS * DAY_MS)
  const { more } = await commit(ctx, {
    more: new Statement<boolean, 'event'>(
      sql`select * from purge_guests(${ctx.tenant}, ${before.toISOString()}::timestamptz, ${AT_ONCE}::int,
        ${newId('event', ctx.now)}, ${newId('job', ctx.now)}, ${actorDocument(ctx)}::jsonb, ${ctx.now.toISOString()}::timestamptz)`,
      (rows) => (rows[0] as Walk | undefined)?.more ?? false,
      (rows) =>
        ((rows[0] as Walk | undefined)?.jobs ?? []).map((id) => ({
          tenant: ctx.tenant,
          id,
          kind: 'announce',
        })),
    ),
  })
  return more
}
