import { type Context, purgeBatch } from '#core/context'
import * as query from './generated/query.ts'

const DAY_MS = 86_400_000

/**
 * Deletes events that are older than the setting allows, with their deliveries. Events with a pending delivery stay. True when there
 * may be more.
 */
export function purgeEvents(ctx: Context): Promise<boolean> {
  const before = new Date(ctx.now.getTime() - ctx.settings.event_retention_days * DAY_MS)
  return purgeBatch(ctx, query.purgeEvents({ tenants: [ctx.tenant], before: before.toISOString() }))
}
