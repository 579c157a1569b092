import { endsWithin, sleep, type Timer } from '#kernel/timer'

/** The others do not wait longer than this for a step. They go on beside it. */
const PATIENCE_MS = 5000

/**
 * Does a step when its turn comes.
 * @param rest the pause after it, as a multiple of the time that it took. Requests have the database to themselves meanwhile.
 */
export type Lane = <T>(step: () => Promise<T>, rest: number) => Promise<T>

/** Steps go one by one, in the order in which they came. */
export function makeLane(timer: Timer): Lane {
  let free: Promise<void> = Promise.resolve()
  const pass = async (step: Promise<unknown>, rest: number) => {
    const began = timer.now()
    await endsWithin(timer, PATIENCE_MS, step)
    const pause = (timer.now() - began) * rest
    if (pause > 0) await sleep(timer, pause)
  }
  return (step, rest) => {
    const done = free.then(step)
    free = free.then(() => pass(done, rest))
    return done
  }
}
