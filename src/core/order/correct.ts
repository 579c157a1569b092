import { type Context, commitQuietly, mayUse } from '#core/context'
import { log } from '#kernel/log'
import * as query from './generated/query.ts'

const AT_ONCE = 1000

/**
 * Compares the counters of the next customers with the ledger and corrects what differs; each is noted (`listDrifts`). Only what is
 * wrong is locked. True when there may be more; at the end of the scan one line in the log says how it went.
 */
export async function correctCounters(ctx: Context): Promise<boolean> {
  mayUse(ctx, 'order:write')
  const { tenant } = ctx
  const { scanned } = await commitQuietly(ctx, {
    scanned: query.correctCounters({
      tenant,
      currency: ctx.settings.currency,
      now: ctx.now.toISOString(),
      limit: AT_ONCE,
    }),
  })
  const [scan] = scanned
  if (scan === undefined) return false
  const { more, examined, corrected: mended } = scan
  if (!more) {
    const level = mended > 0 ? 'warn' : 'info'
    log(level, 'counters compared with the ledger', { tenant, examined, mended })
  }
  return more
}
