import { describe, expect, test } from 'vitest'
import type { TestApp } from '../../support/app.ts'
import { between } from '../../support/between.ts'
import { bring, empty } from './people.ts'
import { rest } from './rest.ts'
import { startRuleApps } from './shop.ts'
import { RuleWorld } from './world.ts'

const [app] = (await startRuleApps(1)) as [TestApp]
const { call } = app

const DAY = 86_400_000
const plain = { status: 'active', verified: true, domain: 'example.com' } as const
const someone = { ...plain, hours: 24, tier: null, color: null, locale: null }

let stories = 0
const order = (id: string, state: 'paid' | 'canceled', version: number) =>
  call('PUT', `/customer/${id}/order/race${stories}-o`, {
    body: {
      total: 100,
      refunded: 0,
      currency: 'USD',
      state,
      placedAt: app.runtime.now().toISOString(),
      version,
    },
  })
const patch = (key: string, rule: object | null) =>
  call('PATCH', `/group/${key}`, { body: { rule } })
const make = (key: string, rule: object) => call('POST', '/group', { body: { key, rule } })
const holdByHand = (id: string) => call('POST', `/customer/${id}/group`, { body: { group: 'g0' } })

type Race = {
  /** What is so before; by default the customer has no order, and the first one comes. */
  readonly before?: (id: string) => Promise<unknown>
  /** What is judged. */
  readonly judged?: (id: string) => Promise<unknown>
  /** What happens between the verdict and its commit. */
  readonly meanwhile: (id: string, other: string) => Promise<unknown>
  /** The groups of the customer in the end. */
  readonly groups: readonly string[]
}

const inGroups = (id: string) => order(id, 'paid', 1).then(() => app.drain())
const canceled = (id: string) => order(id, 'canceled', 2)

/** `g0` holds who has an order, `g1` who is in `g0`. */
const races: Readonly<Record<string, Race>> = {
  'the rule that another reads changes': {
    meanwhile: () => patch('g0', { minOrders: 9 }),
    groups: [],
  },
  'the rule that another reads is taken away': { meanwhile: () => patch('g0', null), groups: [] },
  'the rule that reads changes': {
    meanwhile: () => patch('g1', { groupNot: ['g0'] }),
    groups: ['g0'],
  },
  'a rule that reads comes': {
    meanwhile: () => make('g2', { group: ['g0'], minSpent: 100 }),
    groups: ['g0', 'g1', 'g2'],
  },
  'a group is deleted': { meanwhile: () => call('DELETE', '/group/g1'), groups: ['g0'] },
  'a group is deleted and made again': {
    meanwhile: async () => {
      await call('DELETE', '/group/g1')
      await make('g1', { minOrders: 9 })
    },
    groups: ['g0'],
  },
  'a group is deleted and made again by hand': {
    meanwhile: async () => {
      await call('DELETE', '/group/g1')
      await call('POST', '/group', { body: { key: 'g1' } })
    },
    groups: ['g0'],
  },
  'a hand holds whom the rule lets go': {
    before: inGroups,
    judged: canceled,
    meanwhile: holdByHand,
    groups: ['g0', 'g1'],
  },
  'the hand goes that held besides the rule': {
    before: async (id) => {
      await inGroups(id)
      await holdByHand(id)
    },
    judged: canceled,
    meanwhile: (id) => call('DELETE', `/customer/${id}/group/g0`),
    groups: [],
  },
  'the order is canceled': { meanwhile: canceled, groups: [] },
  'the customer is merged': {
    meanwhile: (id, other) => call('POST', `/customer/${other}/merge`, { body: { from: id } }),
    groups: [],
  },
  'the customer is deleted': { meanwhile: (id) => call('DELETE', `/customer/${id}`), groups: [] },
  'time passes, and another judges by it': {
    before: () => patch('g0', { lastOrderAfter: '-1d' }),
    meanwhile: async () => app.advance(2 * DAY),
    groups: [],
  },
}

describe('between a verdict and its commit', () => {
  test.each(Object.entries(races))('%s', async (_, race) => {
    await empty(app)
    const world = new RuleWorld(app, `race${++stories}`, stories, false)
    world.calmDown()
    const [id = '', other = ''] = await bring(world, [someone, someone])
    await make('g0', { minOrders: 1 })
    await make('g1', { group: ['g0'] })
    await race.before?.(id)
    await rest(world)
    await (race.judged ?? ((one) => order(one, 'paid', 1)))(id)
    await between(
      app.wire,
      /apply_verdicts/,
      () => app.drain(),
      async () => {
        await race.meanwhile(id, other)
        // Another worker does all that comes of it.
        await app.drain()
        await world.cron()
      },
    )
    await rest(world)
    expect(world.problems).toEqual([])
    const held = world.seen.memberships.filter(({ customerId }) => customerId === id)
    expect(held.map(({ key }) => key)).toEqual(race.groups)
  })
})
