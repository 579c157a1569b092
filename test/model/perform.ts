import { performDueMerges } from '#core/merge'
import { relayJobs } from '#core/outbox'
import { systemContext, systemContextForTenants } from '../../src/runtime.ts'
import { PASSWORD } from '../support/shopper.ts'
import { type Command, type Does, lines, type Says } from './command.ts'
import { importAccount, move, reset, returnEmail, verify } from './perform-account.ts'
import { merge, undo } from './perform-merge.ts'
import { perform as order } from './perform-order.ts'
import type { World } from './world.ts'

type Performers = {
  readonly [D in Does]: (world: World, command: Command<D>) => Promise<unknown>
}

const performers: Performers = {
  guest: async (world, { email, door, says: { line, metadata: _, ...says } }) =>
    world.post(
      '/customer/guest',
      {
        email: world.emailAt(email),
        ...says,
        ...(line === undefined ? {} : { address: toAddress(line) }),
      },
      door === 'service' ? {} : { token: await world.app.storefrontToken() },
    ),
  account: (world, { email, says: { line: _, ...says } }) =>
    world.post('/customer', { email: world.emailAt(email), password: PASSWORD, ...says }),
  import: importAccount,
  async signUp(world, { email }) {
    world.app.advance(61_000)
    const body = { email: world.emailAt(email), password: PASSWORD }
    await world.post('/customer', body, { token: await world.app.storefrontToken() })
    await world.drain()
  },
  verify,
  reset,
  move,
  return: returnEmail,
  order: (world, command) => order(world, command.order, command.door),
  merge,
  undo,
  remove: (world, { who }) => about(world, who, 'DELETE', ''),
  disable: (world, { email }) => switchAccount(world, email, '/disable', {}),
  enable: (world, { email }) => switchAccount(world, email, '/enable'),
  rename: (world, { who, says: { line: _, ...says } }) => about(world, who, 'PATCH', '', says),
  address: (world, { who, line }) => about(world, who, 'POST', '/address', toAddress(line)),
  join: (world, { who, group }) => about(world, who, 'POST', '/group', { group: `g${group}` }),
  leave: (world, { who, group }) => about(world, who, 'DELETE', `/group/g${group}`),
  drain: (world) => world.drain(),
  sweep: (world) => sweep(world),
}

/** Does what a command says, as its caller would, until the answer is certain. */
export const perform = <D extends Does>(world: World, command: Command<D>): Promise<unknown> =>
  (performers[command.does] as (world: World, command: Command<D>) => Promise<unknown>)(
    world,
    command,
  )

const toAddress = (line: NonNullable<Says['line']>) => ({
  line1: lines[line],
  country: 'GB',
  postalCode: 'CB7 4DL',
  city: 'Ely',
  // Something that others have, and something of its own.
  ...(line > 2 && { phone: '+14155551234', company: `Firm ${line}` }),
})

async function about(world: World, who: number, method: string, path: string, body?: unknown) {
  const id = world.who(who)
  if (id === undefined) return
  const headers = method === 'POST' ? world.freshKey() : {}
  await world.ask(method, `/customer/${id}${path}`, {
    headers,
    ...(body === undefined ? {} : { body }),
  })
}

async function switchAccount(world: World, email: number, path: string, body?: unknown) {
  const account = world.accountOf(world.emailAt(email))
  if (account !== undefined) await world.post(`/customer/${account.id}${path}`, body)
}

/** The first run notes which guests are due, and the next one merges them. Either may fail a few times. */
const MOST_SWEEPS = 5

/** What cron does every minute; what fails is done by the next. */
async function sweep(world: World): Promise<void> {
  world.app.advance(61_000)
  await relay(world)
  const { runtime, tenant } = world.app
  const ctx = systemContext(runtime, tenant, 'sweep-merges')
  for (let run = 0; run < MOST_SWEEPS && (await performDueMerges(ctx).catch(() => true)); run++);
  await runtime.send(ctx.outcome.jobs)
  await world.drain()
}

/** What was committed and never sent is sent. */
export async function relay({ app: { runtime } }: World): Promise<void> {
  const system = systemContextForTenants(runtime)
  await relayJobs(system).catch(() => true)
  await runtime.send(system.outcome.jobs)
}
