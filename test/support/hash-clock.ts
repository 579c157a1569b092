import type { HashQueueClock } from '#core/identity'

/** The time of a line of hashes, which passes when the test says so. */
export class HashClock implements HashQueueClock {
  time = 0
  #timers = new Set<{ readonly at: number; readonly work: () => void }>()
  #turns: (() => void)[] = []

  now = () => this.time

  after = (ms: number, work: () => void) => {
    const timer = { at: this.time + ms, work }
    this.#timers.add(timer)
    return () => void this.#timers.delete(timer)
  }

  turn = () => new Promise<void>((resolve) => this.#turns.push(resolve))

  get timers(): number {
    return this.#timers.size
  }

  /** One turn of the event loop, and what follows from it. */
  async pass(): Promise<void> {
    await settle()
    for (const go of this.#turns.splice(0)) go()
    await settle()
  }

  async advance(ms: number): Promise<void> {
    this.time += ms
    for (const timer of this.#timers) {
      if (timer.at > this.time) continue
      this.#timers.delete(timer)
      timer.work()
    }
    await settle()
  }
}

/** What is already decided happens. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
