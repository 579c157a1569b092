/** Measures how long work takes, and calls back after a time. Unlike the time of day, nobody sets it. Tests have their own. */
export type Timer = {
  /** Milliseconds. */
  readonly now: () => number
  /** Calls back once. Returns what takes that back. */
  readonly after: (ms: number, work: () => void) => () => void
}

export const systemTimer: Timer = {
  now: () => performance.now(),
  after(ms, work) {
    const timer = setTimeout(work, ms)
    return () => clearTimeout(timer)
  },
}

export const sleep = (timer: Timer, ms: number): Promise<void> =>
  new Promise((resolve) => void timer.after(ms, resolve))

/** Whether work ends in time, well or not. It goes on if it does not. */
export function endsWithin(timer: Timer, ms: number, work: Promise<unknown>): Promise<boolean> {
  return new Promise((resolve) => {
    const cancel = timer.after(ms, () => resolve(false))
    const end = () => {
      cancel()
      resolve(true)
    }
    work.then(end, end)
  })
}
