import { describe, expect, test } from 'vitest'
import { ListCustomers, listCustomers } from '#core/customer'
import { LIST_SEARCH_BOUNDS } from '../../../src/core/customer/list.ts'
import { readSearchKeys } from '../../../src/core/customer/search-key-reading.ts'
import { contextAt } from '../../support/address-book.ts'
import { startTestApp } from '../../support/app.ts'
import { runs } from '../../support/runs.ts'
import { shopIn } from '../../support/shop.ts'

const app = await startTestApp()
const { call } = app
const { record } = shopIn(app)
const ctx = contextAt(app, app.runtime.now())

type Person = {
  readonly phone: string
  readonly homes: readonly object[]
  readonly orders: readonly string[]
}

let people = 0
async function settle({ phone, homes, orders }: Person): Promise<string> {
  const body = { email: `x${++people}@example.com`, firstName: 'Felix', lastName: 'Weber', phone }
  const { id } = (await call('POST', '/customer', { body })).body
  for (const home of homes) {
    const { status } = await call('POST', `/customer/${id}/address`, { body: home })
    expect([home, status]).toEqual([home, 201])
  }
  for (const order of orders) await record(id, encodeURIComponent(order))
  return id
}

const felix = await settle({
  phone: '+49 30 1234567',
  homes: [
    { line1: 'Ring 1', city: 'Berlin', postalCode: '10115', country: 'DE' },
    { line1: '10 Downing Street', city: 'London', postalCode: 'SW1A 2AA', country: 'GB' },
    { line1: 'Dam 1', city: 'Amsterdam', postalCode: '1012 AB', country: 'NL' },
    { line1: '100 Main', city: 'Reno', state: 'NV', postalCode: '89501-1234', country: 'US' },
    { line1: 'Marunouchi', city: 'Tokyo', postalCode: '100-0005', country: 'JP', imported: true },
    { line1: 'Ring 2', city: 'Wien', postalCode: '1010', country: 'AT', phone: '+43 1 5550001' },
  ],
  orders: ['ORDER-17', '98765', '#1001', 'a/b.17'],
})
const other = await settle({
  phone: '+49 30 7654321',
  homes: [
    { line1: 'Ring 1', city: 'Bonn', postalCode: '53111', country: 'DE' },
    { line1: 'Dam 2', city: 'Utrecht', postalCode: '3511 CD', country: 'NL' },
  ],
  orders: ['ORDER-18', '98764'],
})

/** What Felix has, and the like of it that he has not. */
const numbers: Readonly<Record<string, readonly [has: string, hasNot: string][]>> = {
  phone: [
    ['+49 30 1234567', '+49 30 1234568'],
    ['+49 (0)30 / 123-4567', '+49 (0)30 / 123-4560'],
    ['0049301234567', '0049301234560'],
    ['030 1234567', '030 1234560'],
    ['(030) 12 34 567', '(030) 12 34 560'],
    ['4567', '4560'],
    ['+43 1 5550001', '+43 1 5550002'],
  ],
  postalCode: [
    ['10115', '10117'],
    ['101', '103'],
    ['D-10115', 'D-10117'],
    ['SW1A 2AA', 'SW1A 3AA'],
    ['sw1a', 'sw2a'],
    ['1012 AB', '1012 AC'],
    ['1012AB', '1012AC'],
    ['1012', '1013'],
    ['89501-1234', '89502-1234'],
    ['100-0005', '100-0006'],
    ['１０１１５', '１０１１７'],
  ],
  orderId: [
    ['ORDER-17', 'ORDER-19'],
    ['98765', '98766'],
    ['#1001', '#1002'],
    ['a/b.17', 'a/b.18'],
  ],
}
const table = Object.entries(numbers).flatMap(([kind, list]) =>
  list.map(([has, hasNot]) => ({ kind, has, hasNot })),
)

/** The number before, behind and between the words. */
const around = (number: string, [first, last]: readonly [string, string]): string[] => [
  `${number} ${first} ${last}`,
  `${first} ${last} ${number}`,
  `${first} ${number} ${last}`,
  `${last}, ${number}`,
]
let turn = 0
/** Some of the places, and other ones the next time. */
const next = (all: readonly string[], count: number): string[] =>
  Array.from({ length: count }, () => all[turn++ % all.length] ?? '')

const right = ['felix', 'weber'] as const
const typos = [
  ['felx', 'weber'],
  ['fleix', 'webber'],
] as const

const BY_KEYS = { ...LIST_SEARCH_BOUNDS, near: 1, scan: 1, sets: 100_000, probe: 1 }

async function find(q: string): Promise<string[]> {
  const found = [LIST_SEARCH_BOUNDS, BY_KEYS].map(async (bounds) => {
    const input = ListCustomers.parse({ q, sort: 'createdAt:asc', count: 'exact' })
    const { data, pagination } = await listCustomers(ctx, input, bounds)
    expect([q, pagination]).toMatchObject([q, { total: data.length, totalIsExact: true }])
    return data.map(({ id }) => id)
  })
  const [ids = [], byKeys] = await Promise.all(found)
  expect([q, byKeys]).toEqual([q, ids])
  return ids
}

describe.each(table)('$kind $has beside a name', ({ has, hasNot }) => {
  test.each([right, ...typos])('%s %s: finds who has both, and nobody else', async (...name) => {
    const [some, few] = name[0] === 'felix' ? runs([2, 1], [4, 2]) : runs([1, 1], [4, 4])
    for (const q of next(around(has, name), some)) expect([q, await find(q)]).toEqual([q, [felix]])
    for (const q of next(around(hasNot, name), few)) expect([q, await find(q)]).toEqual([q, []])
  })

  test('with another name, or with two typos in a word, it finds nobody', async () => {
    const all = [`anna ${has}`, `${has} felix schmidt`, `fleix ${has} wbreex`]
    for (const q of runs(next(all, 1), all)) {
      expect([q, await find(q)]).toEqual([q, []])
    }
  })
})

test('the name alone finds both, and who fits in two ways is there once', async () => {
  expect(await find('felx wbeer')).toEqual([felix, other])
  await record(felix, '4567')
  await call('POST', `/customer/${felix}/address`, {
    body: { line1: 'Way 4', city: 'Oslo', postalCode: '4567', country: 'NO', imported: true },
  })
  expect(await find('felx 4567')).toEqual([felix])
  const more = await settle({ phone: '+49 30 1114567', homes: [], orders: [] })
  expect(await find('felx 4567')).toEqual([felix, more])
})

test('a guess beside a number that very many have considers the newest of that name', async () => {
  const crowd: string[] = []
  for (let i = 0; i < 8; i++) {
    crowd.push(await settle({ phone: `+49 30 22${i}9999`, homes: [], orders: [] }))
  }
  const input = ListCustomers.parse({ q: 'felx 9999', count: 'exact' })
  const { data, pagination } = await listCustomers(ctx, input, { ...LIST_SEARCH_BOUNDS, likely: 5 })
  expect(data.map(({ id }) => id)).toEqual(crowd.slice(3).toReversed())
  expect(pagination).toMatchObject({ total: 5, totalIsExact: false })
})

test('however many numbers a text has, few ways to read it are tried', () => {
  const q = Array.from({ length: 40 }, (_, n) => `name ${1000 + n}`).join(' ')
  expect(readSearchKeys(q).length).toBeLessThan(12)
})
