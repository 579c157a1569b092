import type { Context } from '#core/context'
import type { RowOf } from '#db/use-case'
import { Refusal } from '#kernel/error'
import { limitRefusal } from '#kernel/limit-refusal'
import * as query from './generated/query.ts'
import { unprovenCreationBoundRule, unprovenMadeBounds } from './mail-and-unproven-bounds.ts'
import type { spendUnprovenQuota as CountMade } from './query/spend-unproven-quota.ts'

/** The statement that counts what a caller makes without a proof. Refuses `too_many_requests` beyond its bounds. */
export function spendUnprovenQuota(ctx: Context) {
  const bounds = unprovenMadeBounds(ctx)
  const near = bounds[0]?.key ?? null
  return query.spendUnprovenQuota({ tenant: ctx.tenant, now: ctx.now.toISOString(), bounds, near })
}

/** Notes what is left, for the answer. @param made the rows of `spendUnprovenQuota`; none: the caller has no place, or nothing was made again. */
export function noteRemainingUnprovenCreations(
  { outcome }: Pick<Context, 'outcome'>,
  made: readonly RowOf<typeof CountMade>[] = [],
): void {
  for (const { count } of made) {
    const remaining = Math.max(0, unprovenCreationBoundRule.most - count)
    outcome.left = { limit: 'made', remaining, whenDone: remaining }
  }
}

/** Whether the work was refused because of the bound of its place. Then nothing was committed. */
const isBeyond = (error: unknown): boolean =>
  error instanceof Refusal && error.code === 'too_many_requests'

/** Does the work, and refuses `too_many_requests` with the time to wait if its place has made too much. */
export async function explainUnprovenLimitRefusal<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw isBeyond(error) ? limitRefusal('made', unprovenCreationBoundRule.seconds) : error
  }
}

/** Does the work, or nothing beyond the bound of the caller's place. A stranger cannot tell which. */
export async function ignoreUnprovenLimitRefusal(work: Promise<unknown>): Promise<void> {
  try {
    await work
  } catch (error) {
    if (!isBeyond(error)) throw error
  }
}
