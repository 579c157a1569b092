import { type Context, purgeBatch } from '#core/context'
import * as query from './generated/query.ts'

const DAY_MS = 86_400_000

/** Forgets dead letters that are as old as the oldest events. True when there may be more. */
export function purgeDeadLetters(ctx: Context): Promise<boolean> {
  const before = new Date(ctx.now.getTime() - ctx.settings.event_retention_days * DAY_MS)
  return purgeBatch(
    ctx,
    query.purgeDeadLetters({ tenants: [ctx.tenant], before: before.toISOString() }),
  )
}
