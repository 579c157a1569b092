import { type Context, commitWithoutKey, mustHaveScope } from '#core/context'
import { newId } from '#kernel/id'
import * as query from './generated/query.ts'
import { mergePairs } from './perform-merge-jobs.ts'

/** The most pairs that one commit locks. */
const AT_ONCE = 20

/** The guests that one statement scans, and the number of scans without a result after which a step ends. */
const SCANNED_AT_ONCE = 1000
const IDLE_SCANS = 10

/**
 * Performs the next due merges that have no job: of imported guests, and of guests whose account was proven while the store wanted no merges. Each batch takes two round trips for any number of rows. When few are due, a scan of all guests, which goes on from minute to
 * minute, inserts the next ones. True when there may be more.
 */
export async function performDueMerges(ctx: Context): Promise<boolean> {
  mustHaveScope(ctx, 'merge:write')
  if (!ctx.settings.auto_merge_guest) return false
  if ((await mergeSomeDue(ctx)) === AT_ONCE) return true
  for (let scans = 0; scans < IDLE_SCANS; scans++) {
    const { more, noted } = await scanSomeDue(ctx)
    if (noted > 0) return true
    if (!more) break
  }
  return false
}

/** Takes pairs that no other run has taken, for a minute. */
async function mergeSomeDue(ctx: Context): Promise<number> {
  const { tenant } = ctx
  const now = ctx.now.toISOString()
  const { due } = await commitWithoutKey(ctx, {
    due: query.leaseDueMerges({ tenant, now, limit: AT_ONCE }),
  })
  const oldestFirst = due.toSorted((a, b) => (a.merge < b.merge ? -1 : 1))
  if (due.length > 0) await mergePairs(ctx, oldestFirst)
  return due.length
}

type Scan = { readonly more: boolean; readonly noted: number }

async function scanSomeDue(ctx: Context): Promise<Scan> {
  const { tenant } = ctx
  const first = newId('merge', ctx.now)
  const now = ctx.now.toISOString()
  const { scanned } = await commitWithoutKey(ctx, {
    scanned: query.insertDueMerges({ tenant, now, first, limit: SCANNED_AT_ONCE }),
  })
  return scanned[0] ?? { more: false, noted: 0 }
}
