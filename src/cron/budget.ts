import type { Timer } from '#kernel/timer'

/** No step begins later than this, so that a minute's work ends before the next minute. */
const WORK_MS = 40_000
/** A step that is still running then is abandoned. */
const END_MS = 55_000
/** Calls of the database and the queue. The platform ends a run that makes more than a thousand, or ten thousand, by plan. */
const MOST_CALLS = 800

/** What one run may spend. */
export type Budget = {
  readonly spend: (calls: number) => void
  /** Whether no other step may begin. */
  readonly isSpent: () => boolean
  /** Milliseconds until the run must end. */
  readonly left: () => number
}

export function makeBudget(timer: Timer): Budget {
  const began = timer.now()
  const passed = () => timer.now() - began
  let made = 0
  return {
    spend(calls) {
      made += calls
    },
    isSpent: () => passed() >= WORK_MS || made >= MOST_CALLS,
    left: () => END_MS - passed(),
  }
}
