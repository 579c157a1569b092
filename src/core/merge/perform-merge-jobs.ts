import { type Context, commit, commitWithoutKey, mustHaveScope, read } from '#core/context'
import { Bug } from '#kernel/error'
import { applyMerges, type MergeOutcome } from './apply.ts'
import * as query from './generated/query.ts'
import { planMerge } from './plan.ts'
import type { DueMergePair } from './side.ts'

/** How often a plan is made anew after a concurrent change, before the job goes back. */
const ATTEMPTS = 5

/**
 * Does merges that are due: reads the pairs, plans, applies the plans, and repeats this for pairs that changed in between. Ends when
 * none is due any more. The commit itself checks the proofs.
 */
export async function performMergeJobs(ctx: Context, jobs: readonly string[]): Promise<void> {
  mustHaveScope(ctx, 'merge:write')
  const { tenant } = ctx
  for (let attempt = 1; ; attempt++) {
    const { due } = await read(ctx, { due: query.findDueMerges({ tenant, jobs }) })
    const outcomes = due.length === 0 ? [] : await mergePairs(ctx, due)
    if (outcomes.includes('moved') && attempt < ATTEMPTS) continue
    await commitWithoutKey(ctx, {
      deleted: query.deleteJobsWithoutPendingMerge({ tenant, ids: jobs }),
    })
    if (outcomes.includes('moved')) throw new Bug('a merge did not come to rest')
    return
  }
}

/** Plans pairs and applies the plans, in one round trip. If the store wants no merges any more, it deletes them. */
export async function mergePairs(
  ctx: Context,
  pairs: readonly DueMergePair[],
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

async function forget(ctx: Context, pairs: readonly DueMergePair[]): Promise<MergeOutcome[]> {
  const ids = pairs.map(({ merge }) => merge)
  await commitWithoutKey(ctx, {
    forgotten: query.deleteUnwantedMerges({ tenant: ctx.tenant, ids }),
  })
  return pairs.map(() => 'refused')
}
