import type { Context } from '#core/context'
import type { RowOf } from '#db/use-case'
import { Refusal } from '#kernel/error'
import { limitRefusal } from '#kernel/limit-refusal'
import { madeBounds, madeRule } from './bound.ts'
import * as query from './generated/query.ts'
import type { countMade as CountMade } from './query/made.ts'

/** The statement that counts what a caller makes without a proof. Refuses `too_many_requests` beyond its bounds. */
export function countMade(ctx: Context) {
  const bounds = madeBounds(ctx)
  const near = bounds[0]?.key ?? null
  return query.countMade({ tenant: ctx.tenant, now: ctx.now.toISOString(), bounds, near })
}

/** Notes what is left, for the answer. @param made the rows of `countMade`; none: the caller has no place, or nothing was made again. */
export function noteMade(
  { outcome }: Pick<Context, 'outcome'>,
  made: readonly RowOf<typeof CountMade>[] = [],
): void {
  for (const { count } of made) {
    const remaining = Math.max(0, madeRule.most - count)
    outcome.left = { limit: 'made', remaining, whenDone: remaining }
  }
}

/** Whether work was refused because its place has made too much: nothing of it has happened. */
const isBeyond = (error: unknown): boolean =>
  error instanceof Refusal && error.code === 'too_many_requests'

/** Does the work, and refuses `too_many_requests` with the time to wait if its place has made too much. */
export async function withinBounds<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw isBeyond(error) ? limitRefusal('made', madeRule.seconds) : error
  }
}

/** Does the work, or nothing if its place has made too much: a stranger is not told which. */
export async function silentlyWithinBounds(work: Promise<unknown>): Promise<void> {
  try {
    await work
  } catch (error) {
    if (!isBeyond(error)) throw error
  }
}
