import { shuffle } from './random.ts'

type Held = {
  readonly queue: string
  readonly id: string
  readonly body: unknown
  readonly attempts: number
  /** Milliseconds since 1970. */
  readonly visibleAt: number
}

/** How unkind the queue is: all of it is allowed to the real one. */
type Hostility = {
  readonly random: () => number
  /** How probable it is that a message comes twice, and that it comes again although it was acknowledged. */
  readonly duplicates: number
  readonly lostAcks: number
  /** How many batches are worked on at once. */
  readonly consumers: number
  /** Messages of a batch, if not a hundred. */
  readonly batch?: number
}

type TestQueueOptions = {
  readonly now: () => Date
  readonly receive: (batch: MessageBatch) => Promise<void>
  readonly hostility?: Hostility | undefined
}

const BATCH = 100
const MAX_RETRIES = 100

/** The queues of wrangler.toml, in memory, under the test's clock. */
export class TestQueue {
  readonly #now: () => Date
  readonly #receive: (batch: MessageBatch) => Promise<void>
  #held: Held[] = []
  #count = 0
  #broken = false
  hostility: Hostility | undefined

  constructor({ now, receive, hostility }: TestQueueOptions) {
    this.#now = now
    this.#receive = receive
    this.hostility = hostility
  }

  /** The next call to send fails. */
  break(): void {
    this.#broken = true
  }

  send(queue: string, batch: readonly { body: unknown; delaySeconds?: number }[]): void {
    if (this.#broken) {
      this.#broken = false
      throw new Error('Queue is overloaded')
    }
    for (const { body, delaySeconds = 0 } of batch) this.#hold(queue, body, 1, delaySeconds)
  }

  /** What waits in all queues, also what is held back. */
  get waiting(): number {
    return this.#held.length
  }

  /** When the next message may be seen; undefined when there is none. */
  get nextAt(): Date | undefined {
    const times = this.#held.map(({ visibleAt }) => visibleAt)
    return times.length === 0 ? undefined : new Date(Math.min(...times))
  }

  /** As if the queue had broken down. */
  loseEverything(): void {
    this.#held = []
  }

  /** Hands out everything that may be seen now, and what comes of it, until nothing is left. Returns how many batches that took. */
  async drain(): Promise<number> {
    for (let batches = 0; ; ) {
      const wave = this.#nextWave()
      if (wave.length === 0) return batches
      batches += wave.length
      if (batches > 10_000) throw new Error('the queue does not drain')
      await Promise.all(wave.map((batch) => this.#work(batch)))
    }
  }

  #hold(queue: string, body: unknown, attempts: number, delaySeconds: number): void {
    const id = `message-${++this.#count}`
    const visibleAt = this.#now().getTime() + delaySeconds * 1000
    const message = { queue, id, body: structuredClone(body), attempts, visibleAt }
    this.#held.push(message)
    if (this.#happens('duplicates')) this.#held.push({ ...message })
  }

  #happens(what: 'duplicates' | 'lostAcks'): boolean {
    return this.hostility !== undefined && this.hostility.random() < this.hostility[what]
  }

  /** As many batches as there are consumers, each of one queue. */
  #nextWave(): Held[][] {
    const now = this.#now().getTime()
    const visible = this.#held.filter(({ visibleAt }) => visibleAt <= now)
    if (this.hostility !== undefined) shuffle(visible, this.hostility.random)
    const wave: Held[][] = []
    const size = this.hostility?.batch ?? BATCH
    for (const queued of Map.groupBy(visible, ({ queue }) => queue).values()) {
      for (let at = 0; at < queued.length; at += size) wave.push(queued.slice(at, at + size))
    }
    const first = wave.slice(0, this.hostility?.consumers ?? 1)
    const taken = new Set(first.flat())
    this.#held = this.#held.filter((message) => !taken.has(message))
    return first
  }

  async #work(held: readonly Held[]): Promise<void> {
    const ends = new Map<Held, 'ack' | number>()
    const end = (message: Held, how: 'ack' | number) => {
      if (!ends.has(message)) ends.set(message, how)
    }
    const messages = held.map((message) => ({
      id: message.id,
      body: message.body,
      attempts: message.attempts,
      timestamp: this.#now(),
      ack: () => end(message, 'ack'),
      retry: ({ delaySeconds = 0 }: QueueRetryOptions = {}) => end(message, delaySeconds),
    }))
    const all = (how: 'ack' | number) => {
      for (const message of held) end(message, how)
    }
    const metrics = { backlogCount: 0, backlogBytes: 0 }
    try {
      await this.#receive({
        queue: held[0]?.queue ?? '',
        messages,
        metadata: { metrics },
        ackAll: () => all('ack'),
        retryAll: ({ delaySeconds = 0 }: QueueRetryOptions = {}) => all(delaySeconds),
      })
      all('ack')
    } catch {
      all(0)
    }
    for (const [message, how] of ends) this.#settle(message, how)
  }

  #settle(message: Held, how: 'ack' | number): void {
    if (how === 'ack' && !this.#happens('lostAcks')) return
    const { queue, body, attempts } = message
    const dead = attempts > MAX_RETRIES && queue !== 'customer-dead'
    this.#hold(dead ? 'customer-dead' : queue, body, dead ? 1 : attempts + 1, Number(how) || 0)
  }
}
