import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { startTestApp } from '../support/app.ts'
import { someAddress } from '../support/shopper.ts'

const app = await startTestApp({ frozen: true })
const { call } = app

const page = await readFile(join(import.meta.dirname, '../../docs/recipes.md'), 'utf8')
const found = /<!-- rules -->\n```json\n([\s\S]*?)\n```/.exec(page)?.[1] ?? '{}'
const rules: Readonly<Record<string, object>> = JSON.parse(found)

const MS = 1
const DAY = 86_400_000

type Person = {
  /** The age of the last order; none without it. */
  readonly ordered?: number
  readonly orders?: number
  /** All orders together, in minor units of the shop's currency. */
  readonly spent?: number
  readonly refunded?: number
  readonly currency?: string
  readonly state?: 'paid' | 'canceled'
  readonly isGuest?: true
}

/** Customers just inside and just outside of each rule of the recipe, and those whom the passing of a millisecond lets in or out. */
const cases: Readonly<
  Record<string, Readonly<Record<'inside' | 'outside' | 'enters' | 'leaves', Person[]>>>
> = {
  new: {
    inside: [],
    outside: [{ isGuest: true }],
    enters: [],
    leaves: [{}, { ordered: 0, orders: 9, spent: 9 }],
  },
  loyal: {
    inside: [{ ordered: 180 * DAY - MS, orders: 5 }],
    outside: [{}, { ordered: 0, orders: 4 }, { ordered: 180 * DAY + MS, orders: 5 }],
    enters: [],
    leaves: [{ ordered: 180 * DAY, orders: 5 }],
  },
  'big-spender': {
    inside: [
      { ordered: 365 * DAY - MS, spent: 50_000 },
      { ordered: 0, spent: 50_001, refunded: 1 },
    ],
    outside: [
      {},
      { ordered: 0, spent: 49_999 },
      { ordered: 0, spent: 50_000, refunded: 1 },
      { ordered: 0, spent: 90_000, currency: 'EUR' },
      { ordered: 365 * DAY + MS, spent: 50_000 },
    ],
    enters: [],
    leaves: [{ ordered: 365 * DAY, spent: 50_000 }],
  },
  lapsed: {
    inside: [{ ordered: 365 * DAY + MS }, { ordered: 400 * DAY, orders: 9, spent: 90_000 }],
    outside: [{}, { ordered: 365 * DAY - MS }, { ordered: 366 * DAY, state: 'canceled' }],
    enters: [{ ordered: 365 * DAY }],
    leaves: [],
  },
  'at-risk': {
    inside: [
      { ordered: 90 * DAY + MS, orders: 3 },
      { ordered: 365 * DAY - MS, orders: 3 },
    ],
    outside: [
      {},
      { ordered: 0, orders: 3 },
      { ordered: 91 * DAY, orders: 2 },
      { ordered: 366 * DAY, orders: 3 },
    ],
    enters: [{ ordered: 90 * DAY, orders: 3 }],
    leaves: [{ ordered: 365 * DAY, orders: 3 }],
  },
}

const create = async ({ isGuest }: Person): Promise<string> => {
  const path = isGuest ? '/customer/guest' : '/customer'
  return (await call('POST', path, { body: { email: someAddress() } })).body.id
}

let orderIds = 0
async function order(id: string, { ordered, orders = 1, spent = 100, ...more }: Person) {
  if (ordered === undefined) return
  const { refunded = 0, currency = 'USD', state = 'paid' } = more
  const placedAt = new Date(app.runtime.now().getTime() - ordered).toISOString()
  for (let left = orders; left > 0; left--) {
    const money = left === 1 ? { total: spent, refunded } : { total: 0 }
    const body = { ...money, currency, state, placedAt, version: 1 }
    const { status } = await call('PUT', `/customer/${id}/order/recipe-${++orderIds}`, { body })
    expect(status).toBe(200)
  }
}

/** The members of a group, whom the list finds by the same rule. */
async function membersOf(key: string, rule: object): Promise<string[]> {
  const all = async (path: string, name: string): Promise<string[]> =>
    (await call('GET', path)).body.data.map((one: Record<string, string>) => one[name]).sort()
  const query = new URLSearchParams({ limit: '100' })
  for (const [name, asked] of Object.entries(rule))
    for (const one of [asked].flat()) query.append(name, String(one))
  const members = await all(`/group/${key}/member?limit=100`, 'customerId')
  expect(await all(`/customer?${query}`, 'id')).toEqual(members)
  return members
}

const people = Object.entries(cases).flatMap(([key, kinds]) =>
  Object.entries(kinds).flatMap(([kind, some]) => some.map((person) => ({ key, kind, person }))),
)
const ids: string[] = []
beforeAll(async () => {
  for (const { person } of people) ids.push(await create(person))
  app.advance(30 * DAY)
  for (const [n, { person }] of people.entries()) await order(ids[n] ?? '', person)
  for (const [key, rule] of Object.entries(rules))
    expect((await call('POST', '/group', { body: { key, rule } })).status).toBe(201)
  await app.drain()
})

/** Expects those of a group's customers to be in it who are of these kinds, and the list to find the same as the group. */
async function expectInside(key: string, ...kinds: string[]) {
  const members = await membersOf(key, rules[key] ?? {})
  const told = people.flatMap((one, n) =>
    one.key === key ? [{ ...one, isIn: members.includes(ids[n] ?? '') }] : [],
  )
  expect(told).toEqual(told.map((one) => ({ ...one, isIn: kinds.includes(one.kind) })))
}

describe('the five rules of the recipe', () => {
  test('are those that stand there', () => {
    expect(Object.keys(rules)).toEqual(Object.keys(cases))
  })

  test('hold customers just inside, and none just outside', async () => {
    for (const key of Object.keys(rules)) await expectInside(key, 'inside', 'leaves')
  })

  test('let them in and out when a millisecond has passed', async () => {
    app.advance(MS)
    await app.cron()
    await app.drain()
    for (const key of Object.keys(rules)) await expectInside(key, 'inside', 'enters')
  })
})
