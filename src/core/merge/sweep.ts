import { type Context, commitQuietly, mayUse } from '#core/context'
import { newId } from '#kernel/id'
import * as query from './generated/query.ts'
import { mergePairs } from './perform.ts'

const AT_ONCE = 100
/** The most batches of one run, so that it ends before the next minute's begins. */
const BATCHES = 100

/** The guests that one statement scans, and the number of scans without a result after which the run ends. */
const SCANNED_AT_ONCE = 2000
const IDLE_SCANS = 5

/**
 * Does the due merges that no job has done: of guests whose account was proven while the store wanted no merges, and of imported
 * guests. Each batch takes two round trips for any number of rows. A scan of all guests runs beside it, from minute to minute, and
 * inserts merges well before their turn: `listMerges` shows those that are left.
 */
export async function sweepMerges(ctx: Context): Promise<boolean> {
  mayUse(ctx, 'merge:write')
  if (!ctx.settings.auto_merge_guest) return false
  let scanning = true
  for (let batch = 0, idle = 0; batch < BATCHES && idle < IDLE_SCANS; batch++) {
    const merged = await mergeSomeDue(ctx)
    const scan: Scan = scanning ? await planSomeDue(ctx) : { more: false, noted: 0 }
    scanning = scan.more
    const isBusy = merged === AT_ONCE || scan.noted > 0
    if (!isBusy && !scanning) break
    idle = isBusy ? 0 : idle + 1
  }
  return false
}

/** Takes pairs that no other run has taken, for a minute. */
async function mergeSomeDue(ctx: Context): Promise<number> {
  const { tenant } = ctx
  const now = ctx.now.toISOString()
  const { due } = await commitQuietly(ctx, {
    due: query.takeDueMerges({ tenant, now, limit: AT_ONCE }),
  })
  const oldestFirst = due.toSorted((a, b) => (a.merge < b.merge ? -1 : 1))
  if (due.length > 0) await mergePairs(ctx, oldestFirst)
  return due.length
}

type Scan = { readonly more: boolean; readonly noted: number }

async function planSomeDue(ctx: Context): Promise<Scan> {
  const { tenant } = ctx
  const first = newId('merge', ctx.now)
  const now = ctx.now.toISOString()
  const { scanned } = await commitQuietly(ctx, {
    scanned: query.planDueMerges({ tenant, now, first, limit: SCANNED_AT_ONCE }),
  })
  return scanned[0] ?? { more: false, noted: 0 }
}
