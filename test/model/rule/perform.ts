import { perform as performCommon } from '../perform.ts'
import type { Command, Does, Own } from './command.ts'
import { keyOf, type Told, trusted, written } from './filter.ts'
import { rest } from './rest.ts'
import type { RuleWorld } from './world.ts'

type Performers = {
  readonly [D in Does]: (world: RuleWorld, command: Own<D>) => Promise<unknown> | unknown
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE

const performers: Performers = {
  rule: (world, { group, rule, isLoyal }) =>
    giveRule(world, group, rule, isLoyal ? world.open : !world.open),
  dissolve: (world, { group }) => world.ask('DELETE', `/group/${keyOf(group)}`),
  buy,
  tell: (world, { who, tier, color, locale }) =>
    about(world, who, 'PATCH', '', { metadata: { tier, color }, locale }),
  live: (world, { who, country }) =>
    about(world, who, 'POST', '/address', { ...addresses[country], country }),
  hold: (world, { who, group, hours }) => {
    const expiresAt = new Date(world.app.runtime.now().getTime() + hours * HOUR).toISOString()
    return about(world, who, 'POST', '/group', { group: keyOf(group), expiresAt })
  },
  members: (world, { group, add, remove }) => {
    const idsOf = (list: readonly number[]) => [...new Set(list.flatMap((n) => world.who(n) ?? []))]
    const added = idsOf(add)
    const removed = idsOf(remove).filter((id) => !added.includes(id))
    return world.post(`/group/${keyOf(group)}/member`, { add: added, remove: removed })
  },
  wait: ({ app }, { minutes }) => app.advance(minutes * MINUTE),
  cron: (world) => world.cron(),
  lose: ({ app }) => app.queue.loseEverything(),
  clog: ({ app }) => app.queue.break(),
  rest: async (world) => {
    world.calmDown()
    await rest(world)
    world.stirUp()
  },
}

const isOwn = (command: Command): command is Own => Object.hasOwn(performers, command.does)

/** Does what a command says, as its caller would, until the answer is certain. */
export async function perform(world: RuleWorld, command: Command): Promise<unknown> {
  if (!isOwn(command)) return performCommon(world, command)
  const does = performers[command.does] as (world: RuleWorld, command: Own) => unknown
  return does(world, command)
}

/** Gives a group a rule, as somebody does who does not know whether the group is there. */
async function giveRule(
  world: RuleWorld,
  group: number,
  told: Told | null,
  allowShopperValues: boolean,
): Promise<void> {
  const body = ruleOf(world, told, allowShopperValues)
  const { status } = await world.ask('PATCH', `/group/${keyOf(group)}`, { body })
  if (status === 404) await makeGroup(world, group, told, allowShopperValues)
}

export const makeGroup = (
  world: RuleWorld,
  group: number,
  told: Told | null,
  allowShopperValues: boolean,
) => world.post('/group', { key: keyOf(group), ...ruleOf(world, told, allowShopperValues) })

const ruleOf = (world: RuleWorld, told: Told | null, allowShopperValues: boolean) => ({
  rule: told && written(allowShopperValues ? told : trusted(told), world.begin),
  allowShopperValues,
})

const addresses = {
  GB: { line1: '1 Own St', city: 'Ely', postalCode: 'CB7 4DL' },
  DE: { line1: 'Hauptstr. 1', city: 'Berlin', postalCode: '10115', company: 'Acme GmbH' },
}

async function about(
  world: RuleWorld,
  who: number,
  method: 'POST' | 'PATCH',
  path: string,
  body: unknown,
) {
  const id = world.who(who)
  if (id === undefined) return
  if (method === 'POST') await world.post(`/customer/${id}${path}`, body)
  else await world.ask(method, `/customer/${id}${path}`, { body })
}

/** An order's state arrives, by request or as a message. */
async function buy(world: RuleWorld, { order, who, newer, hours, door, ...state }: Own<'buy'>) {
  const customerId = world.who(who)
  if (customerId === undefined) return
  const orderId = world.orderAt(order)
  const newest = world.versions.get(orderId) ?? 0
  const version = Math.max(1, newest + newer)
  world.versions.set(orderId, Math.max(newest, version))
  const { does: _, ...told } = state
  const placedAt = new Date(world.app.runtime.now().getTime() - hours * HOUR).toISOString()
  const body = { ...told, refunded: Math.min(told.refunded, told.total), placedAt, version }
  if (door === 'http') {
    await world.ask('PUT', `/customer/${customerId}/order/${orderId}`, { body })
    return
  }
  const message = { tenant: world.app.tenant, customerId, orderId, ...body }
  try {
    world.app.queue.send('customer-order', [{ body: message }])
  } catch {
    // The shop's own message was lost.
  }
}
