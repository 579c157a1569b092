import { type Context, purgeBatch } from '#core/context'
import * as query from './generated/query.ts'

const DAY_MS = 86_400_000

/**
 * Forgets events that are older than the setting says, and what became of their deliveries; not those that are still on their
 * way to somebody. True when there may be more.
 */
export function purgeEvents(ctx: Context): Promise<boolean> {
  const before = new Date(ctx.now.getTime() - ctx.settings.event_retention_days * DAY_MS)
  return purgeBatch(ctx, query.purgeEvents({ tenants: [ctx.tenant], before: before.toISOString() }))
}
