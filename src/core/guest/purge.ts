import { type Context, commit, mayUse } from '#core/context'
import { appending } from '#core/outbox'
import * as query from './generated/query.ts'

/** After so many days a guest goes that ordered nothing. */
const AFTER_DAYS = 90
const AT_ONCE = 500
const DAY_MS = 24 * 60 * 60 * 1000

/**
 * Removes guests that have had no order for 90 days, with everything about them; an event says that it happened, without saying whom it
 * was about. Examines the next guests of a scan over all. True when there may be more.
 */
export async function purgeGuests(ctx: Context): Promise<boolean> {
  mayUse(ctx, 'customer:erase')
  const before = new Date(ctx.now.getTime() - AFTER_DAYS * DAY_MS)
  const call = query.purgeGuests({
    ...appending(ctx),
    before: before.toISOString(),
    limit: AT_ONCE,
  })
  const { purged } = await commit(ctx, { purged: call })
  const { tenant, outcome } = ctx
  for (const { jobs } of purged) {
    outcome.jobs.push(...jobs.map((id) => ({ tenant, id, kind: 'announce' })))
  }
  return purged.some(({ more }) => more)
}
