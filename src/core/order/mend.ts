import { sql } from 'drizzle-orm'
import { type Context, commitQuietly, maybe, mayUse } from '#core/context'
import { log } from '#kernel/log'

const AT_ONCE = 1000

type Walk = { readonly more: boolean; readonly examined: number; readonly mended: number }

/**
 * Compares the counters of the next customers with the ledger and mends what differs; each is noted (`listDrifts`). Only what is
 * wrong is locked. True when there may be more; at the end of the walk one line in the log says how it went.
 */
export async function mendCounters(ctx: Context): Promise<boolean> {
  mayUse(ctx, 'order:write')
  const { walk } = await commitQuietly(ctx, {
    walk: maybe<Walk>(
      sql`select * from mend_counters(${ctx.tenant}, ${ctx.settings.currency}, ${ctx.now.toISOString()}::timestamptz, ${AT_ONCE}::int)`,
    ),
  })
  if (walk === undefined) return false
  const { more, examined, mended } = walk
  if (!more) {
    log(mended > 0 ? 'warn' : 'info', 'counters compared with the ledger', {
      tenant: ctx.tenant,
      examined,
      mended,
    })
  }
  return more
}
