import type { TestApp } from '../support/app.ts'
import type { Does, Step } from './command.ts'
import { MergeEffects } from './effect.ts'
import { brokenPromises } from './invariant.ts'
import { wrongOrders } from './ledger.ts'
import { forgottenGuests, newlyDone, newlyUndone, wrongMerges } from './merge.ts'
import { perform } from './perform.ts'
import { customerIn, isListed, type Snapshot, survivorIn } from './snapshot.ts'
import type { Seen, Told } from './step.ts'
import { MAX_ADDRESSES, World } from './world.ts'

let shops = 0

/** Somebody must be there, for something to happen to them. */
const opening: readonly Step[] = [
  [
    { does: 'guest', email: 0, door: 'service', says: { firstName: 'Ann', line: 2 } },
    { does: 'account', email: 0, says: { lastName: 'Lee', line: 0 } },
    { does: 'guest', email: 1, door: 'storefront', says: { phone: '+14155551234', line: 3 } },
  ],
]

/** Lets a story happen to a new shop, and looks after every step whether all is as it must be. Throws what is not. */
export async function live(
  app: TestApp,
  { steps, mischief }: { readonly steps: readonly Step[]; readonly mischief: number },
): Promise<string[]> {
  const world = new World(app, `w${++shops}`, mischief)
  const watch = new Watch(world)
  for (const [n, step] of [...opening, ...steps].entries()) {
    watch.begin()
    await Promise.all(step.map((command) => perform(world, command)))
    await watch.end(step, `step ${n + 1}`)
  }
  world.calmDown()
  for (const patience of ['at once', 'later', 'at last'] as const) {
    watch.begin()
    await settle(world, patience)
    await watch.end([{ does: patience === 'at last' ? 'sweep' : 'drain' }], `settled ${patience}`)
  }
  watch.complain([...forgottenGuests(world.seen), ...(await lostIds(world))])
  return happenings(steps, world.seen)
}

/** What the story consisted of, and what came of it. */
function happenings(steps: readonly Step[], { merges, orders }: Snapshot): string[] {
  return [
    ...steps.map(() => 'steps'),
    ...merges.map(
      ({ automatic, state }) => `${automatic ? 'automatic' : 'requested'} merges ${state}`,
    ),
    ...orders.map(() => 'orders'),
  ]
}

/** Whatever is left to do is done: what the queue holds, what it lost, and what nobody noted. */
async function settle(world: World, patience: 'at once' | 'later' | 'at last'): Promise<void> {
  const { app } = world
  if (patience === 'at last') return perform(world, { does: 'sweep' }).then(() => undefined)
  for (let n = 0; n < 12 && app.queue.waiting > 0; n++) {
    await world.drain()
    const next = app.queue.nextAt
    if (next !== undefined) app.advance(Math.max(0, next.getTime() - app.runtime.now().getTime()))
  }
}

/** The ids of the merged still lead to somebody. */
async function lostIds({ app, seen }: World): Promise<string[]> {
  const merged = seen.customers.filter(({ status }) => status === 'merged').slice(0, 2)
  const answers = merged.map(async ({ id, mergedInto }) => {
    const { status, body } = await app.call('GET', `/customer/${id}`)
    const gone = seen.customers.find((one) => one.id === mergedInto)?.status === 'deleted'
    const found = gone ? status === 404 : body?.id === mergedInto && body?.mergedFrom === id
    return found ? [] : [`${id} does not lead to ${mergedInto}`]
  })
  return (await Promise.all(answers)).flat()
}

/** What merges when it happens alone and touches nothing else. */
const plain = new Set<Does>(['merge', 'undo', 'drain', 'sweep'])

class Watch {
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
