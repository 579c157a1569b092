import { type Context, commitQuietly, mayUse } from '#core/context'
import { newId } from '#kernel/id'
import * as query from './generated/query.ts'
import { mergePairs } from './perform.ts'

const AT_ONCE = 100
/** Of one run: it ends before the next minute's begins. */
const BATCHES = 100

/** How many guests are looked at in one statement, and how many such looks may find nothing before the next minute goes on. */
const LOOKED_AT = 2000
const IDLE_LOOKS = 5

/**
 * Merges what is due and what no job has done: guests whose account was proven while the store wanted no merges, or that an import
 * brought. Each batch is two round trips whatever its pairs hold. Beside it goes a scan of all guests, continued from minute to
 * minute, which notes what is due well before its turn: `listMerges` shows what is left.
 */
export async function sweepMerges(ctx: Context): Promise<boolean> {
  mayUse(ctx, 'merge:write')
  if (!ctx.settings.auto_merge_guest) return false
  let scanning = true
  for (let batch = 0, idle = 0; batch < BATCHES && idle < IDLE_LOOKS; batch++) {
    const merged = await mergeSomeDue(ctx)
    const scan: Scan = scanning ? await planSomeDue(ctx) : { more: false, noted: 0 }
    scanning = scan.more
    const isBusy = merged === AT_ONCE || scan.noted > 0
    if (!isBusy && !scanning) break
    idle = isBusy ? 0 : idle + 1
  }
  return false
}

/** Takes pairs that nobody else is working on, and has a minute for them. */
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
    scanned: query.planDueMerges({ tenant, now, first, limit: LOOKED_AT }),
  })
  return scanned[0] ?? { more: false, noted: 0 }
}
