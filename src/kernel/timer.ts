/** Measures how long work takes, and calls back after a time. Unlike the clock of the system, it is never set. Tests have their own. */
export type Timer = {
  /** Milliseconds. */
  readonly now: () => number
  /** Calls back once. Returns a function that cancels the call. */
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

/** Whether the work settles within the time. If not, it continues to run. */
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
