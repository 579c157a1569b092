import { endsWithin, sleep, type Timer } from '#kernel/timer'

/** The longest wait for a running step. After it, the next step starts in parallel. */
const PATIENCE_MS = 5000
/** The longest pause. A slow step of one task does not end the minute for the others, and the last step and its pause end within the minute. */
const LONGEST_PAUSE_MS = 5000

/**
 * Does a step when its turn comes.
 * @param rest the pause after it, as a multiple of the time that it took, at most five seconds. During the pause only requests
 * use the database.
 */
export type RunInTurn = <T>(step: () => Promise<T>, rest: number) => Promise<T>

/** Steps go one by one, in the order in which they came. */
export function makeRunInTurn(timer: Timer): RunInTurn {
  let free: Promise<void> = Promise.resolve()
  const pass = async (step: Promise<unknown>, rest: number) => {
    const began = timer.now()
    await endsWithin(timer, PATIENCE_MS, step)
    const pause = Math.min((timer.now() - began) * rest, LONGEST_PAUSE_MS)
    if (pause > 0) await sleep(timer, pause)
  }
  return (step, rest) => {
    const done = free.then(step)
    free = free.then(() => pass(done, rest))
    return done
  }
}
