import { type SQL, sql } from 'drizzle-orm'
import { type Context, commit, commitQuietly, look, mayUse, read, rows } from '#core/context'
import { textArray } from '#core/outbox'
import { Bug } from '#kernel/error'
import { carryOut, type MergeOutcome } from './carry-out.ts'
import { planMerge } from './plan.ts'
import { type DuePair, duePairs } from './read.ts'

/** How often a plan is made anew because somebody was faster, before the job goes back. */
const ATTEMPTS = 5

/**
 * Does merges that are due: reads the pairs, plans, carries the plans out, and again those that moved in between. Ends when none of
 * these is due any more; the proofs are looked at by the commit itself.
 */
export async function performMerges(ctx: Context, jobs: readonly string[]): Promise<void> {
  mayUse(ctx, 'merge:write')
  const ids = textArray(jobs)
  const named = sql`due.id in (select payload ->> 'merge' from job where tenant = ${ctx.tenant} and id = any(${ids}))`
  for (let attempt = 1; ; attempt++) {
    const pairs = await readDue(ctx, named)
    const outcomes = pairs.length === 0 ? [] : await mergePairs(ctx, pairs)
    if (outcomes.includes('moved') && attempt < ATTEMPTS) continue
    await commitQuietly(ctx, { taken: rows(settledJobs(ctx, ids)) })
    if (outcomes.includes('moved')) throw new Bug('a merge did not come to rest')
    return
  }
}

const readDue = async (ctx: Context, which: SQL): Promise<DuePair[]> =>
  (await read(ctx, { due: look<DuePair>(duePairs(ctx, which)) })).due

/** Plans pairs and carries the plans out, in one round trip. When the store wants no such thing any more, they are forgotten. */
export async function mergePairs(
  ctx: Context,
  pairs: readonly DuePair[],
): Promise<readonly MergeOutcome[]> {
  const { max_addresses: maxAddresses, auto_merge_guest: wanted } = ctx.settings
  if (!wanted) return forget(ctx, pairs)
  const plans = pairs.map(({ merge, ...pair }) => ({
    merge,
    ...planMerge(pair, { maxAddresses, automatic: true, now: ctx.now }),
  }))
  const { merged } = await commit(ctx, { merged: carryOut(ctx, plans) })
  return merged
}

async function forget(ctx: Context, pairs: readonly DuePair[]): Promise<MergeOutcome[]> {
  const ids = textArray(pairs.map(({ merge }) => merge))
  await commitQuietly(ctx, {
    forgotten: rows(
      sql`delete from merge where tenant = ${ctx.tenant} and id = any(${ids}) and state = 'pending'`,
    ),
  })
  return pairs.map(() => 'refused')
}

/** The jobs whose merges are no longer due. */
const settledJobs = (ctx: Context, ids: SQL): SQL =>
  sql`delete from job where tenant = ${ctx.tenant} and id = any(${ids}) and not exists (
    select from merge where merge.tenant = job.tenant and merge.id = job.payload ->> 'merge' and state = 'pending')`
