import { type Clock, endsWithin, sleep } from '#kernel/clock'

/** Who takes longer is not waited for: the others go on beside it. */
const PATIENCE_MS = 5000
/** The rest after a step, as a multiple of the time that it took: requests have the database to themselves meanwhile. */
const REST = 1

/** Does a step when its turn comes. */
export type Lane = <T>(step: () => Promise<T>) => Promise<T>

/** Steps go one by one, in the order in which they came, each followed by a rest. */
export function makeLane(clock: Clock): Lane {
  let free: Promise<void> = Promise.resolve()
  const pass = async (step: Promise<unknown>) => {
    const began = clock.now()
    await endsWithin(clock, PATIENCE_MS, step)
    const rest = (clock.now() - began) * REST
    if (rest > 0) await sleep(clock, rest)
  }
  return (step) => {
    const done = free.then(step)
    free = free.then(() => pass(done))
    return done
  }
}
