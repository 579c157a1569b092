import type { Does, Step } from './command.ts'
import { MergeEffects } from './effect.ts'
import { brokenPromises } from './invariant.ts'
import { wrongOrders } from './ledger.ts'
import { newlyDone, newlyUndone, wrongMerges } from './merge.ts'
import { customerIn, isListed, type Snapshot, survivorIn } from './snapshot.ts'
import type { Seen, Told } from './step.ts'
import { MAX_ADDRESSES, type World } from './world.ts'

/** What merges when it happens alone and touches nothing else. */
const plain = new Set<Does>(['merge', 'undo', 'drain', 'sweep'])

/** Looks at a shop after every step whether all is as it must be. */
export class Watch {
  readonly #world: World
  /** What was done so far, and how it was answered. */
  readonly #told: string[] = []
  readonly #effects = new MergeEffects(MAX_ADDRESSES)
  #before: Snapshot
  /** Said of orders, and nobody knows whether it has arrived. */
  #afloat: readonly Told[] = []

  constructor(world: World) {
    this.#world = world
    this.#before = world.seen
  }

  begin(): void {
    const world = this.#world
    this.#before = world.seen
    world.told = []
    world.provenEmails.clear()
    world.disproven.clear()
  }

  async end(step: Step, name: string): Promise<void> {
    const world = this.#world
    const before = this.#before
    const after = await world.look()
    world.seen = after
    for (const { id, email, status } of [...before.customers, ...after.customers]) {
      if (world.provenEmails.has(email) && status !== 'guest') world.proven.add(id)
      if (world.vouched.has(id) && status === 'active') world.proven.add(id)
    }
    const told = [...this.#afloat, ...world.told].map((one) => this.#arrived(one, before, after))
    const seen = this.#judge(step, { before, after, told })
    this.#told.push(`${name}: ${JSON.stringify(step)} ${world.answers.splice(0).join(', ')}`)
    this.complain([
      ...world.problems,
      ...brokenPromises(after, MAX_ADDRESSES),
      ...wrongOrders(seen),
      ...wrongMerges(seen),
      ...this.#effects.check(seen),
    ])
    this.#afloat = told.filter(({ known }) => typeof known === 'string')
    for (const id of world.disproven) world.proven.delete(id)
  }

  /** When the queue holds nothing any more, what was sent for somebody who is there has arrived. */
  #arrived(told: Told, before: Snapshot, after: Snapshot): Told {
    if (told.known !== 'sent' || this.#world.app.queue.waiting > 0) return told
    const holders = [before, after].map((at) => customerIn(at, survivorIn(at, told.customerId)))
    const there = holders.every((holder) => holder !== undefined && isListed(holder))
    return there ? { ...told, known: true } : told
  }

  #judge(step: Step, what: Pick<Seen, 'before' | 'after' | 'told'>): Seen {
    const disabledIn = ({ customers }: Snapshot) =>
      customers.filter(({ status }) => status === 'disabled').map(({ id }) => id)
    const still = new Set(disabledIn(what.after))
    const opened = step.some(({ does }) => does === 'enable')
    const seen = {
      ...what,
      proven: this.#world.proven,
      disabled: new Set(opened ? [] : disabledIn(what.before).filter((id) => still.has(id))),
      alone: step.length === 1,
    }
    const merges = [...newlyDone(seen), ...newlyUndone(seen)].length
    const isPlain = step.every(({ does }) => plain.has(does)) && what.told.length === 0
    return { ...seen, alone: seen.alone && (merges === 0 ? this.#afloat.length === 0 : isPlain) }
  }

  complain(problems: readonly string[]): void {
    if (problems.length > 0) throw new Error([...this.#told, ...problems].join('\n'))
  }
}
