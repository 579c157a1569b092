import type { Timer } from '#kernel/timer'

type Call = { readonly at: number; readonly work: () => void }

/**
 * Time that passes only where somebody waits for it, and at once: when nothing else is to be done, the next timer is due. What works
 * meanwhile must wait for this timer alone.
 */
export function virtualTimer(): Timer {
  let time = 0
  let isGoing = false
  const timers = new Set<Call>()
  const go = () => {
    isGoing = true
    setImmediate(() => {
      const [next] = [...timers].toSorted((a, b) => a.at - b.at)
      isGoing = next !== undefined
      if (next === undefined) return
      timers.delete(next)
      time = Math.max(time, next.at)
      next.work()
      go()
    })
  }
  return {
    now: () => time,
    after(ms, work) {
      const timer = { at: time + ms, work }
      timers.add(timer)
      if (!isGoing) go()
      return () => void timers.delete(timer)
    },
  }
}
