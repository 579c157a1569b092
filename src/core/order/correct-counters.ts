import { type Context, commitWithoutKey, mustHaveScope } from '#core/context'
import { newId } from '#kernel/id'
import { log } from '#kernel/log'
import * as query from './generated/query.ts'

const AT_ONCE = 1000

/**
 * Compares the counters of the next customers with the ledger, and corrects those that differ; `listDrifts` lists them. Only customers
 * with wrong counters are locked. True when there may be more. The end of the scan logs one line with the result.
 */
export async function correctCounters(ctx: Context): Promise<boolean> {
  mustHaveScope(ctx, 'order:write')
  const { tenant } = ctx
  const { scanned } = await commitWithoutKey(ctx, {
    scanned: query.correctCounters({
      tenant,
      currency: ctx.settings.currency,
      now: ctx.now.toISOString(),
      limit: AT_ONCE,
      job: newId('job', ctx.now),
    }),
  })
  const [scan] = scanned
  // Another run is at it, so there may be more.
  if (scan === undefined) return true
  const { more, examined, corrected: mended } = scan
  if (!more) {
    const level = mended > 0 ? 'warn' : 'info'
    log(level, 'counters compared with the ledger', { tenant, examined, mended })
  }
  return more
}
