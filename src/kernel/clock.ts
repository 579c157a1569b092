/** Time by which work is measured. Nobody sets it, as one sets the time of day. Tests have their own. */
export type Clock = {
  /** Milliseconds. */
  readonly now: () => number
  /** Calls back once. Returns what takes that back. */
  readonly after: (ms: number, work: () => void) => () => void
}

export const realClock: Clock = {
  now: () => performance.now(),
  after(ms, work) {
    const timer = setTimeout(work, ms)
    return () => clearTimeout(timer)
  },
}

export const sleep = (clock: Clock, ms: number): Promise<void> =>
  new Promise((resolve) => void clock.after(ms, resolve))

/** Whether work ends in time, well or not. It goes on if it does not. */
export function endsWithin(clock: Clock, ms: number, work: Promise<unknown>): Promise<boolean> {
  return new Promise((resolve) => {
    const cancel = clock.after(ms, () => resolve(false))
    const end = () => {
      cancel()
      resolve(true)
    }
    work.then(end, end)
  })
}
