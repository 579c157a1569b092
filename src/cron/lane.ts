import { type Clock, endsWithin, sleep } from '#kernel/clock'

/** The others do not wait longer than this for a step. They go on beside it. */
const PATIENCE_MS = 5000

/**
 * Does a step when its turn comes.
 * @param rest the pause after it, as a multiple of the time that it took. Requests have the database to themselves meanwhile.
 */
export type Lane = <T>(step: () => Promise<T>, rest: number) => Promise<T>

/** Steps go one by one, in the order in which they came. */
export function makeLane(clock: Clock): Lane {
  let free: Promise<void> = Promise.resolve()
  const pass = async (step: Promise<unknown>, rest: number) => {
    const began = clock.now()
    await endsWithin(clock, PATIENCE_MS, step)
    const pause = (clock.now() - began) * rest
    if (pause > 0) await sleep(clock, pause)
  }
  return (step, rest) => {
    const done = free.then(step)
    free = free.then(() => pass(done, rest))
    return done
  }
}
