import type { Answer, CallOptions, TestApp } from '../support/app.ts'
import { seededRandom } from '../support/random.ts'
import { EMAILS } from './command.ts'
import { customerIn, lookAt, nothing, type Snapshot } from './snapshot.ts'
import type { Told } from './step.ts'

/** Of all customers; little, so that it is reached. */
export const MAX_ADDRESSES = 3

/** What the links in an address's newest mails carry. */
type Inbox = { verify?: string; reset?: string; confirm?: string; undo?: string }

const PATHS: Readonly<Record<string, keyof Inbox>> = {
  '/verify-email': 'verify',
  '/reset-password': 'reset',
  '/confirm-email': 'confirm',
  '/undo-email': 'undo',
}

/** A small shop of its own in a tenant that it shares, on a wire and a queue that are not reliable. */
export class World {
  readonly app: TestApp
  readonly prefix: string
  readonly random: () => number
  readonly #inboxes = new Map<string, Inbox>()
  #keys = 0
  /** How often something went wrong on the wire. */
  struck = 0
  /** As it was after the last step. */
  seen: Snapshot = nothing
  /** The newest version that was given to each order. */
  readonly versions = new Map<string, number>()
  /** What was said of orders in this step. */
  told: Told[] = []
  /** Accounts for whom both proofs may have been given, and those that certainly have lost them with this step. */
  readonly proven = new Set<string>()
  /** Imported with both proofs, but not in use: these count from when staff lets them in. */
  readonly vouched = new Set<string>()
  readonly disproven = new Set<string>()
  /** Addresses whose accounts may have been proven in this step. */
  readonly provenEmails = new Set<string>()
  /** How requests were answered in this step. */
  readonly answers: string[] = []
  problems: string[] = []

  constructor(app: TestApp, prefix: string, mischief: number) {
    this.app = app
    this.prefix = prefix
    this.random = seededRandom(mischief)
    this.stirUp()
  }

  /** From now on things go wrong. */
  stirUp(): void {
    const { app, random } = this
    app.queue.hostility = { random, duplicates: 0.2, lostAcks: 0.2, consumers: 3 }
    app.wire.faults.always = () => {
      const luck = random()
      if (luck > 0.1) return undefined
      const at = random() < 0.5 ? 'before' : 'after'
      if (luck > 0.05) return { do: 'delay', at, milliseconds: Math.floor(random() * 3) }
      this.struck++
      return { do: 'cut', at }
    }
  }

  /** From now on nothing goes wrong any more. */
  calmDown(): void {
    this.app.wire.faults.clear()
    this.app.queue.hostility = undefined
  }

  emailAt = (n: number): string => `${this.prefix}-${n % EMAILS}@example.com`
  orderAt = (n: number): string => `${this.prefix}-o${n}`

  /** One of the customers there are, in the order in which they came; undefined when there is none. */
  who(n: number): string | undefined {
    const { customers } = this.seen
    return customers[n % Math.max(1, customers.length)]?.id
  }

  mergeAt(n: number): string | undefined {
    const merges = this.seen.merges.filter(({ state }) => state !== 'pending')
    return merges[n % Math.max(1, merges.length)]?.id
  }

  accountOf = (email: string) =>
    this.seen.customers.find(
      (one) => one.email === email && ['unverified', 'active', 'disabled'].includes(one.status),
    )

  find = (id: string) => customerIn(this.seen, id)

  freshKey = (): Record<string, string> => ({
    'Idempotency-Key': `${this.prefix}-k${++this.#keys}`,
  })

  /** Asks until there is an answer that says something. */
  async ask(method: string, path: string, options: CallOptions = {}): Promise<Answer> {
    for (let attempt = 1; ; attempt++) {
      const answer = await this.app.call(method, path, options)
      this.answers.push(`${method} ${path} ${answer.status} ${answer.body?.code ?? ''}`)
      const isLost = answer.status === 503 || answer.body?.code === 'idempotency_key_in_use'
      if (answer.status === 500) this.problems.push(`${method} ${path} is answered with a 500`)
      if (!isLost || attempt === 12) return answer
    }
  }

  /** The same under a key, so that to ask again is not to do again. */
  post = (path: string, body: unknown, options: CallOptions = {}): Promise<Answer> =>
    this.ask('POST', path, {
      ...options,
      body,
      headers: { ...this.freshKey(), ...options.headers },
    })

  /** Does what waits in the queues, and opens the mails. */
  async drain(): Promise<void> {
    await this.app.drain()
    for (const { to, text } of this.app.mails.splice(0)) {
      const link = text.split('\n').find((line) => line.startsWith('https://'))
      if (link === undefined) continue
      const { pathname, searchParams } = new URL(link)
      const purpose = PATHS[pathname]
      const inbox = this.#inboxes.get(to) ?? {}
      if (purpose !== undefined) inbox[purpose] = searchParams.get('token') ?? ''
      this.#inboxes.set(to, inbox)
    }
  }

  linkTo = (email: string, purpose: keyof Inbox): string | undefined =>
    this.#inboxes.get(email)?.[purpose]

  look = (): Promise<Snapshot> => lookAt(this.app, this.prefix)
}
