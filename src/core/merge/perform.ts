import { type Context, commit, commitQuietly, mayUse, read } from '#core/context'
import { Bug } from '#kernel/error'
import { applyMerges, type MergeOutcome } from './apply.ts'
import * as query from './generated/query.ts'
import { planMerge } from './plan.ts'
import type { DuePair } from './side.ts'

/** How often a plan is made anew because somebody was faster, before the job goes back. */
const ATTEMPTS = 5

/**
 * Does merges that are due: reads the pairs, plans, applies the plans, and again those that moved in between. Ends when none of
 * these is due any more; the proofs are looked at by the commit itself.
 */
export async function performMerges(ctx: Context, jobs: readonly string[]): Promise<void> {
  mayUse(ctx, 'merge:write')
  const { tenant } = ctx
  for (let attempt = 1; ; attempt++) {
    const { due } = await read(ctx, { due: query.readDueMerges({ tenant, jobs }) })
    const outcomes = due.length === 0 ? [] : await mergePairs(ctx, due)
    if (outcomes.includes('moved') && attempt < ATTEMPTS) continue
    await commitQuietly(ctx, { deleted: query.deleteMergeJobs({ tenant, ids: jobs }) })
    if (outcomes.includes('moved')) throw new Bug('a merge did not come to rest')
    return
  }
}

/** Plans pairs and applies the plans, in one round trip. When the store wants no such thing any more, they are forgotten. */
export async function mergePairs(
  ctx: Context,
  pairs: readonly DuePair[],
): Promise<readonly MergeOutcome[]> {
  const { max_addresses: maxAddresses, auto_merge_guest: wanted } = ctx.settings
  if (!wanted) return forget(ctx, pairs)
  const plans = pairs.map(({ merge, ...pair }) => ({
    merge,
    claimedAt: pair.survivor.claimedAt,
    ...planMerge(pair, { maxAddresses, automatic: true, now: ctx.now }),
  }))
  const { merged } = await commit(ctx, { merged: applyMerges(ctx, plans) })
  return merged.map(({ outcome }) => outcome)
}

async function forget(ctx: Context, pairs: readonly DuePair[]): Promise<MergeOutcome[]> {
  const ids = pairs.map(({ merge }) => merge)
  await commitQuietly(ctx, { forgotten: query.forgetMerges({ tenant: ctx.tenant, ids }) })
  return pairs.map(() => 'refused')
}
