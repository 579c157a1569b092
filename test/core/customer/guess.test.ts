import { beforeAll, describe, expect, inject, test } from 'vitest'
import { ListCustomers, listCustomers } from '#core/customer'
import {
  insertPeople,
  misspeltNames,
  randomPeople,
  seededDraws,
} from '../../../dev/typo/people-and-misspelt-names.ts'
import { withConnection } from '../../../dev/with-connection.ts'
import { LIST_SEARCH_BOUNDS } from '../../../src/core/customer/list.ts'
import { contextAt } from '../../support/address-book.ts'
import { startTestApp } from '../../support/app.ts'
import { settleNamed } from '../../support/named.ts'
import { query } from '../../support/rows.ts'

const app = await startTestApp()
const [guessing, crowded, world] = ['a', 'b', 'c'].map((name) => `${app.tenant}${name}`) as [
  string,
  string,
  string,
]

async function page(input: object, bounds = LIST_SEARCH_BOUNDS, tenant = app.tenant) {
  const ctx = { ...contextAt(app, app.runtime.now()), tenant }
  const { data, pagination } = await listCustomers(ctx, ListCustomers.parse(input), bounds)
  return { ids: data.map(({ id }) => id), ...pagination }
}

describe('a guess is made', () => {
  const find = async (filter: object, bounds = LIST_SEARCH_BOUNDS) => {
    const found = await page({ sort: 'createdAt:asc', count: 'exact', ...filter }, bounds, guessing)
    return {
      found: found.ids.map((id) => places.indexOf(id)),
      total: found.total,
      isExact: found.totalIsExact,
    }
  }
  let places: string[] = []
  beforeAll(async () => {
    places = await settleNamed(guessing, [
      { firstName: 'Anna', lastName: 'Müller', country: 'DE' },
      { firstName: 'Anna', lastName: 'Mueler', country: 'US' },
      { firstName: 'Anan', lastName: 'Miller', country: 'DE' },
      { firstName: 'Jan', lastName: 'van den Berg', country: 'NL' },
      { firstName: 'Siobhan', lastName: "O'Brien", country: 'IE' },
      { firstName: 'Marie-Claire', lastName: 'García Fernández', country: 'ES' },
    ])
  })

  test('only if nobody matches the search together with the other filters', async () => {
    expect(await find({ q: 'mueler' })).toEqual({ found: [1], total: 1, isExact: true })
    expect(await find({ q: 'mueler', country: 'DE' })).toEqual({
      found: [0],
      total: 1,
      isExact: true,
    })
    expect(await find({ q: 'mueler', country: 'FR' })).toEqual({
      found: [],
      total: 0,
      isExact: true,
    })
    expect(await find({ q: 'mulle', country: 'DE' })).toMatchObject({ found: [0] })
    expect(await find({ q: 'mueler', id: [places[0]] })).toMatchObject({ found: [0] })
  })

  test('with the fewest wrong words first, then in the order of the list', async () => {
    expect(await find({ q: 'anna mller' })).toMatchObject({ found: [0, 2] })
    expect(await find({ q: 'anan mulelr' })).toMatchObject({ found: [0] })
    expect(await find({ q: 'mller', sort: 'createdAt:desc' })).toMatchObject({ found: [2, 0] })
    expect(await find({ q: 'mller', sort: 'lastName:asc' })).toMatchObject({ found: [2, 0] })
  })

  test.each([
    ['obrein', 4],
    ["o'brein", 4],
    ['brein', 4],
    ['vandenbreg', 3],
    ['van den breg jan', 3],
    ['van dne berg', 3],
    ['marieclaire fernandes', 5],
    ['garcia fernandes', 5],
    ['jna vandenberg', 3],
  ])('of words that are joined or apart: %s', async (q, place) => {
    expect([q, await find({ q })]).toEqual([q, { found: [place], total: 1, isExact: true }])
  })

  test('of any word of a name, also in its middle, and of one that begins another', async () => {
    const tenant = `${guessing}m`
    const people = await settleNamed(tenant, [
      { firstName: 'Gabriel José', lastName: 'García Márquez Sandoval' },
      { firstName: 'María José', lastName: 'de la Cruz y Fernández' },
      { firstName: 'Nguyễn', lastName: 'Thị Minh Khai' },
      { firstName: 'Hans Peter Wilhelm', lastName: 'Vogt' },
      { firstName: 'Анна', lastName: 'Мария Петровна Иванова' },
      { firstName: 'Anna Martin', lastName: 'Martinson' },
      { firstName: 'Luis', lastName: 'Márquez' },
    ])
    for (const [q, ...expected] of [
      ['maruqez', 0, 6],
      ['garcia maruqez', 0],
      ['garcia marqez sandoval', 0],
      ['curz', 1],
      ['de la curz', 1],
      ['nguyen mihn', 2],
      ['hans petre', 3],
      ['peetr vogt', 3],
      ['петрвона', 4],
      ['anna matrin', 5],
    ] as const) {
      const { ids } = await page({ q, sort: 'createdAt:asc' }, LIST_SEARCH_BOUNDS, tenant)
      expect([q, ids.map((id) => people.indexOf(id))]).toEqual([q, expected])
    }
  })

  test('of no mail address, number or single letter', async () => {
    for (const q of ['anan@mulelr', 'anna@muller.example', '12345', 'x', 'anna 1234']) {
      expect([q, await find({ q })]).toMatchObject([q, { found: [] }])
    }
  })

  test('of a bounded number of customers, and says so', async () => {
    const crowd = await settleNamed(
      crowded,
      Array.from({ length: 30 }, () => ({ lastName: 'Schneider' })),
    )
    const bounds = { ...LIST_SEARCH_BOUNDS, likely: 10 }
    for (const sort of ['createdAt:desc', 'lastName:asc', 'totalSpent:desc']) {
      const first = await page({ q: 'schnieder', sort, limit: 6, count: 'capped' }, bounds, crowded)
      const cursor = first.nextCursor
      const second = await page({ q: 'schnieder', sort, limit: 6, cursor }, bounds, crowded)
      expect(first).toMatchObject({ total: 10, totalIsExact: false, hasMore: true })
      expect([first.ids.length, second.ids.length, second.nextCursor]).toEqual([6, 4, null])
      expect([...first.ids, ...second.ids].toSorted()).toEqual(crowd.slice(-10).toSorted())
    }
    await query(
      `insert into "group" (tenant, key, created_at, updated_at) values ($1, 'vip', now(), now())`,
      [crowded],
    )
    await query(
      `insert into membership (tenant, group_key, customer_id, source, added_at) select $2, 'vip', unnest($1::text[]), 'manual', now()`,
      [crowd.slice(0, 2), crowded],
    )
    const few = await page({ q: 'schnieder', group: 'vip', count: 'exact' }, bounds, crowded)
    expect(few).toMatchObject({ ids: crowd.slice(0, 2).reverse(), total: 2, totalIsExact: true })
  })
})

test('the right person is among the first five for nearly every misspelt name', async () => {
  const draw = seededDraws(11)
  const people = randomPeople(1500, draw)
  await withConnection(inject('database'), (client) => insertPeople(client, world, people))
  const asked = [...misspeltNames(people, 50, 1, draw), ...misspeltNames(people, 25, 2, draw)]
  const missed: string[] = []
  for (const { typed, person } of asked) {
    const { ids } = await page({ q: typed, limit: 5 }, LIST_SEARCH_BOUNDS, world)
    if (!ids.includes(person.id)) missed.push(typed)
  }
  expect([missed.length <= 0.05 * asked.length, missed]).toEqual([true, missed])
})
