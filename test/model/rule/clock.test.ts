import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestApp } from '../../support/app.ts'
import { query } from '../../support/rows.ts'
import { sql } from '../../support/sql.ts'
import { bring, empty } from './people.ts'
import { rest } from './rest.ts'
import { startRuleApps } from './shop.ts'
import { RuleWorld } from './world.ts'

const [app] = (await startRuleApps(1)) as [TestApp]
const { call } = app

const HOUR = 3_600_000
const someone = {
  status: 'active',
  verified: true,
  domain: 'example.com',
  tier: null,
  color: null,
  locale: null,
} as const

let shops = 0
/** A shop that is empty at a moment. */
async function shopAt(moment: string): Promise<RuleWorld> {
  await empty(app)
  app.advance(Date.parse(moment) - app.runtime.now().getTime())
  const world = new RuleWorld(app, `clock${++shops}`, shops, false)
  world.calmDown()
  return world
}

const hoursSince = (moment: string): number =>
  (app.runtime.now().getTime() - Date.parse(moment)) / HOUR

const made = (world: RuleWorld, ...moments: string[]): Promise<string[]> =>
  bring(
    world,
    moments.map((at) => ({ ...someone, hours: hoursSince(at) })),
  )

const order = (world: RuleWorld, id: string, placedAt: string) =>
  call('PUT', `/customer/${id}/order/${world.orderAt(0)}`, {
    body: { total: 100, refunded: 0, currency: 'USD', state: 'paid', placedAt, version: 1 },
  })

const makeGroup = (rule: object) => call('POST', '/group', { body: { key: 'g0', rule } })

/** After all work is done, and groups are as the list and the preview are. */
async function members(world: RuleWorld): Promise<string[]> {
  await rest(world)
  expect(world.problems).toEqual([])
  return world.seen.memberships.map(({ customerId }) => customerId).sort()
}

const told = (world: RuleWorld): string[] =>
  world.seen.events.flatMap(({ type, group }) => (group === null ? [] : type.slice(15)))

/** To the microsecond. */
async function momentOf(id: string): Promise<string | null> {
  const [row] = await query<{ at: string }>(
    `select to_char(next_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at from rule_moment
      where tenant = $1 and customer_id = $2`,
    [app.tenant, id],
    app.wire.connectionString,
  )
  return row?.at ?? null
}

describe('where clocks change in the night', () => {
  const { TZ } = process.env
  beforeAll(() => {
    process.env.TZ = 'Europe/Berlin'
  })
  afterAll(() => {
    if (TZ === undefined) delete process.env.TZ
    else process.env.TZ = TZ
  })

  test('a day is 24 hours, to the millisecond, for the list, the preview and the group', async () => {
    const [[zone] = []] = await app.db.run([sql`show timezone`])
    const hour = new Date('2026-07-01T00:00:00Z').getHours()
    expect([zone?.TimeZone, hour]).toEqual(['Europe/Berlin', 2])
    const world = await shopAt('2026-03-29T10:00:00.000Z')
    const [before, at, after] = (await made(
      world,
      '2026-03-28T09:59:59.999Z',
      '2026-03-28T10:00:00.000Z',
      '2026-03-28T10:00:00.001Z',
    )) as [string, string, string]
    await makeGroup({ createdAfter: '-1d' })
    expect(await members(world)).toEqual([at, after].sort())
    expect(await momentOf(before)).toBeNull()
    expect((await call('GET', '/group/g0')).body.rule).toEqual({ createdAfter: '-1d' })
    app.advance(1)
    expect(await members(world)).toEqual([after])
    app.advance(1)
    expect(await members(world)).toEqual([])
  })
})

const loyal = { lastOrderAfter: '-90d' }
const old = { createdBefore: '-365d' }

/** The customer, when the next change is, and what is told when that moment comes. */
const examples = [
  {
    name: 'an order that becomes too old',
    rule: loyal,
    made: '2026-01-01T00:00:00.000Z',
    ordered: '2026-09-01T10:00:00.000Z',
    next: '2026-11-30T10:00:00.000001Z',
    told: ['added', 'removed'],
  },
  {
    name: 'a year over 29 February',
    rule: old,
    made: '2024-02-29T08:00:00.000Z',
    next: null,
    told: ['added'],
  },
  {
    name: 'a stretch that begins before it ends',
    rule: { ...loyal, ...old },
    made: '2025-12-10T09:00:00.000Z',
    ordered: '2026-11-20T00:00:00.000Z',
    next: '2026-12-10T09:00:00.000001Z',
    told: ['added'],
  },
  {
    name: 'a stretch that would end before it begins',
    rule: { ...loyal, ...old },
    made: '2025-12-10T09:00:00.000Z',
    ordered: '2026-09-01T10:00:00.000Z',
    next: null,
    told: [],
  },
  {
    name: 'no order, which is neither before nor after',
    rule: { lastOrderBefore: '-90d' },
    made: '2025-12-10T09:00:00.000Z',
    next: null,
    told: [],
  },
  {
    name: 'an order that becomes old enough',
    rule: { lastOrderBefore: '-90d' },
    made: '2026-01-01T00:00:00.000Z',
    ordered: '2026-09-01T10:00:00.000Z',
    next: '2026-11-30T10:00:00.000001Z',
    told: ['added'],
  },
  {
    name: 'all else is false',
    rule: { ...loyal, minOrders: 2 },
    made: '2026-01-01T00:00:00.000Z',
    ordered: '2026-09-01T10:00:00.000Z',
    next: null,
    told: [],
  },
]

describe('the moment of the next change, at 2026-11-28T12:00:00Z', () => {
  test.each(examples)('$name', async ({ rule, next, ordered, ...example }) => {
    const world = await shopAt('2026-11-28T12:00:00.000Z')
    const [id = ''] = await made(world, example.made)
    await makeGroup(rule)
    if (ordered !== undefined) await order(world, id, ordered)
    const now = (await members(world)).length
    expect(await momentOf(id)).toBe(next)
    if (next !== null) {
      app.advance(Date.parse(`${next.slice(0, 23)}Z`) - app.runtime.now().getTime())
      expect(await members(world)).toHaveLength(now)
      app.advance(1)
      expect(await members(world)).toHaveLength(1 - now)
    }
    expect(told(world)).toEqual(example.told)
  })

  test('what begins and ends while cron is late has never been', async () => {
    const world = await shopAt('2026-11-28T11:00:00.000Z')
    const [id = ''] = await made(world, '2026-11-27T12:00:00.000Z')
    await makeGroup({ createdBefore: '-1d', lastOrderAfter: '-1d' })
    await order(world, id, '2026-11-27T12:10:00.000Z')
    expect(await members(world)).toEqual([])
    expect(await momentOf(id)).toBe('2026-11-28T12:00:00.000001Z')
    app.advance(80 * 60_000)
    expect(await members(world)).toEqual([])
    expect([await momentOf(id), told(world)]).toEqual([null, []])
  })
})
