import type { TestApp } from '../support/app.ts'
import type { Does, Step } from './command.ts'
import { forgottenGuests } from './merge.ts'
import { perform, relay } from './perform.ts'
import type { Snapshot } from './snapshot.ts'
import { Watch } from './watch.ts'
import { World } from './world.ts'

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
    if (patience === 'later' && isNoticed(steps)) watch.complain(forgottenGuests(world.seen, false))
  }
  watch.complain([...forgottenGuests(world.seen, true), ...(await lostIds(world))])
  return happenings(steps, world.seen)
}

/** What makes a pair due and what only the sweep notices: it was known elsewhere, or comes back. */
const unnoticed = new Set<Does>(['import', 'enable', 'undo', 'move', 'return'])

const isNoticed = (steps: readonly Step[]): boolean =>
  !steps.flat().some(({ does }) => unnoticed.has(does))

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

/** Does all work that is left: messages in the queue, lost messages, and work that no message announces. */
async function settle(world: World, patience: 'at once' | 'later' | 'at last'): Promise<void> {
  const { app } = world
  if (patience === 'at last') return perform(world, { does: 'sweep' }).then(() => undefined)
  app.advance(61_000)
  await relay(world)
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
