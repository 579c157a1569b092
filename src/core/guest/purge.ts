import { type Context, commit, mustHaveScope } from '#core/context'
import { newEventValues } from '#core/outbox'
import * as query from './generated/query.ts'

const AT_ONCE = 500
const DAY_MS = 24 * 60 * 60 * 1000

/**
 * Deletes guests without an order whose days are over, with all their data. Each purged guest leaves one event without personal data. One call examines the next guests of a scan of all guests. True when there may be more.
 */
export async function purgeGuests(ctx: Context): Promise<boolean> {
  mustHaveScope(ctx, 'customer:erase')
  const { guest_retention_days: days, unproven_guest_retention_days: unprovenDays } = ctx.settings
  const daysAgo = (days: number) => new Date(ctx.now.getTime() - days * DAY_MS).toISOString()
  const call = query.purgeGuests({
    ...newEventValues(ctx),
    before: daysAgo(days),
    unprovenBefore: daysAgo(Math.min(days, unprovenDays)),
    limit: AT_ONCE,
  })
  const { purged } = await commit(ctx, { purged: call })
  const { tenant, outcome } = ctx
  for (const { jobs } of purged) {
    outcome.jobs.push(...jobs.map((id) => ({ tenant, id, kind: 'announce' })))
  }
  // Without a row another run is at it, so there may be more.
  return purged.length === 0 || purged.some(({ more }) => more)
}
