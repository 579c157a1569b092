import type { Context } from '#core/context'
import { Refusal } from '#kernel/error'
import { madeBounds } from './bound.ts'
import * as query from './generated/query.ts'

/** The statement that counts what a caller makes without a proof. Refuses `too_many_requests` beyond its bounds. */
export const countMade = (ctx: Context) =>
  query.countMade({ tenant: ctx.tenant, now: ctx.now.toISOString(), bounds: madeBounds(ctx) })

const WAIT_SECONDS = 3600

/** Whether work was refused because its place has made too much: nothing of it has happened. */
const isBeyond = (error: unknown): boolean =>
  error instanceof Refusal && error.code === 'too_many_requests'

/** Does the work, and refuses `too_many_requests` with the time to wait if its place has made too much. */
export async function withinBounds<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw isBeyond(error) ? new Refusal('too_many_requests', { retryAfter: WAIT_SECONDS }) : error
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
