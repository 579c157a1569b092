import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Context } from '#core/context'
import { type CustomerFilter, CustomerSort, ListCustomers, listCustomers } from '#core/customer'
import { listCountStatement } from '../../../src/core/customer/list/count.ts'
import { filterConditions } from '../../../src/core/customer/list/filter-conditions.ts'
import { every } from '../../../src/core/customer/list/sql.ts'
import { LIST_SEARCH_BOUNDS } from '../../../src/core/customer/list.ts'
import { Status } from '../../../src/core/customer/view.ts'
import { sqlFragment, toTextAndValues } from '../../../src/db/fragment.ts'
import { contextAt } from '../../support/address-book.ts'
import { startTestApp } from '../../support/app.ts'
import { groupKeys, listed, persons, settle } from '../../support/person.ts'
import { query } from '../../support/rows.ts'
import { runs, seed } from '../../support/runs.ts'

const app = await startTestApp({ settings: { metadata_filter_keys: ['tier', 'price-list'] } })
const ctx = contextAt(app, new Date('2026-01-10T00:00:00Z'))
const ids = await settle(app.tenant, fc.sample(persons, { seed, numRuns: 80 }))
await settle(app.otherTenant, fc.sample(persons, { seed: seed + 1, numRuns: 20 }))

const moment = fc.constantFrom(
  '2026-01-02',
  '2026-01-03T00:00:00.001Z',
  '2026-01-04',
  '-6d',
  '-200h',
)
const orders = fc.nat({ max: 4 })
const spent = fc.constantFrom(0, 100, 101, 2500, 5_000_000_000)

const filters: fc.Arbitrary<CustomerFilter> = fc
  .record(
    {
      id: fc.subarray(ids, { minLength: 1, maxLength: 5 }),
      externalId: fc.constantFrom('x1', 'x3', 'none'),
      group: fc.subarray([...groupKeys, 'none'], { minLength: 1 }),
      groupMode: fc.constantFrom('any', 'all'),
      email: fc.constantFrom('ANNA1@example.com', '50%3@example.com', 'nobody@example.com'),
      q: fc.constantFrom(
        'an',
        'anna',
        'b',
        'cruz la',
        'a b',
        'josé',
        '明',
        '50%',
        'a_',
        'anna.b',
        '-',
        '- -',
        'zz',
        'ß1',
        '4567',
        '10115',
        'o10',
        'anna 10115',
        'a 4567',
        '10115 an',
        'ana o10 maria',
        'anan 10115',
        '4567 jsoe',
        'ana 10115 mraia',
        'jurgne o5',
        '101 bne',
        'anan',
        'jurgne',
        'obrein',
        'bne aim',
        'lukaz',
        'aná mraia',
        'delacrux',
      ),
      status: fc.subarray([...Status.exclude(['erased']).options], { minLength: 1 }),
      groupNot: fc.subarray([...groupKeys, 'none'], { minLength: 1 }),
      hasOrders: fc.boolean(),
      emailVerified: fc.boolean(),
      emailDomain: fc.constantFrom('example.com', 'xn--bcher-kva.example', 'le.com'),
      locale: fc.constantFrom('de', 'de-AT', 'en', 'fr'),
      consent: fc.constantFrom(
        'marketing:granted',
        'marketing:pending',
        'terms:withdrawn',
        'x:granted',
      ),
      metadata: fc.constantFrom<Record<string, string>[]>(
        { tier: 'gold' },
        { tier: '' },
        { tier: 'gold', 'price-list': 'b2b' },
        { 'price-list': '100%' },
      ),
      country: fc.constantFrom('US', 'DE', 'FR'),
      city: fc.constantFrom('ber', 'BERLIN', 'sankt ans'),
      postalCode: fc.constantFrom('101', '10115', 'sw1a'),
      street: fc.constantFrom('5', 'haupt 5', '15 am'),
      company: fc.constantFrom('sons', 'acme'),
      phone: fc.constantFrom('4567', '3344567', '+493012344567'),
      orderId: fc.constantFrom('o5', 'o1'),
      minOrders: orders,
      maxOrders: orders,
      minSpent: spent,
      maxSpent: spent,
      createdAfter: moment,
      createdBefore: moment,
      updatedAfter: moment,
      updatedBefore: moment,
      lastOrderAfter: moment,
      lastOrderBefore: moment,
    },
    { requiredKeys: [] },
  )
  .chain((all) => fc.subarray(Object.keys(all), { maxLength: 3 }).map((keys) => pick(all, keys)))

const pick = (all: CustomerFilter, keys: readonly string[]): CustomerFilter =>
  Object.fromEntries(Object.entries(all).filter(([key]) => keys.includes(key)))

const RUNS = Number(process.env.LIST_RUNS ?? runs(25, 1000))

const sorts = fc.constantFrom(...CustomerSort.options)

/** How many filters are tried alone or in pairs, of all that there are. */
const TRIED = runs(160, 700)

const added: readonly CustomerFilter[] = [
  { groupNot: ['many'] },
  { groupNot: ['few', 'none'] },
  { hasOrders: true },
  { hasOrders: false },
  { emailVerified: true },
  { emailVerified: false },
  { emailDomain: 'xn--bcher-kva.example' },
  { locale: 'de' },
  { country: 'DE' },
  { city: 'ber' },
  { postalCode: '101' },
  { street: 'haupt 5' },
  { company: 'sons' },
  { phone: '4567' },
  { orderId: 'o10' },
  { q: '4567' },
  { status: ['disabled', 'guest'] },
  { status: ['active', 'merged', 'disabled'] },
  { consent: 'marketing:granted' },
  { metadata: { tier: 'gold' } },
  { metadata: { tier: 'gold', 'price-list': 'b2b' } },
]
const others: readonly CustomerFilter[] = [
  ...added,
  { id: ids.slice(0, 9) },
  { externalId: 'x1' },
  { email: 'ANNA1@example.com' },
  { q: 'an' },
  { q: 'anan' },
  { q: 'jsoe' },
  { q: 'anan 10115' },
  { country: 'DE' },
  { group: ['many', 'few'] },
  { group: ['many', 'some'], groupMode: 'all' },
  { minOrders: 2 },
  { maxOrders: 2 },
  { minSpent: 100 },
  { maxSpent: 2500 },
  { createdAfter: '2026-01-03' },
  { updatedBefore: '2026-01-04' },
  { lastOrderAfter: '2026-01-03' },
]

/** So narrow that pages are cut short, sets are too many, and every step of the statement is taken; for rows that cost one, or many. */
const bounds = fc
  .record({
    near: fc.integer({ min: 1, max: 4 }),
    more: fc.nat({ max: 120 }),
    sets: fc.integer({ min: 1, max: 240 }),
    joined: fc.integer({ min: 1, max: 60 }),
    wide: fc.integer({ min: 1, max: 240 }),
    far: fc.integer({ min: 1, max: 40 }),
    joinedLast: fc.integer({ min: 1, max: 40 }),
    last: fc.integer({ min: 1, max: 40 }),
    probe: fc.integer({ min: 1, max: 3 }),
    named: fc.constant(1000),
    likely: fc.constant(1000),
  })
  .map(({ near, more, ...rest }) => ({ near, scan: near + more, ...rest }))

/** Every page from the first to the end. */
async function pagesOf(
  ctx: Context,
  input: Partial<ListCustomers>,
  limits?: Parameters<typeof listCustomers>[2],
) {
  const pages: string[][] = []
  let cursor: string | undefined
  do {
    const page = await listCustomers(ctx, ListCustomers.parse({ ...input, cursor }), limits)
    pages.push(page.data.map(({ id }) => id))
    cursor = page.pagination.nextCursor ?? undefined
    if (pages.length > 500) throw new Error('the list does not end')
  } while (cursor !== undefined)
  return pages
}

test(`whatever the filter and the sort, the pages together are what a plain query finds, in its order (seed ${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(
      filters,
      sorts,
      fc.integer({ min: 4, max: 30 }),
      async (filter, sort, limit) => {
        const pages = await pagesOf(ctx, { ...filter, sort, limit })
        expect(pages.flat()).toEqual(await listed(app.tenant, filter, sort, ctx.now))
        expect(pages.slice(0, -1).every((page) => page.length === limit)).toBe(true)
      },
    ),
    { numRuns: RUNS },
  )
})

test(`without a filter each sort lists all of a tenant's own, whatever a page holds (seed ${seed})`, async () => {
  for (const sort of CustomerSort.options) {
    const all = await listed(app.tenant, {}, sort, ctx.now)
    for (const limit of [1, 7, all.length - 1, all.length, 100]) {
      const pages = await pagesOf(ctx, { sort, limit: Math.min(limit, 100) })
      expect([sort, pages.flat()]).toEqual([sort, all])
      expect(pages.slice(0, -1).every((page) => page.length === limit)).toBe(true)
    }
  }
})

test(`pages that are cut short are so on the way only, and nothing is lost or met twice (seed ${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(
      filters,
      sorts,
      fc.integer({ min: 1, max: 4 }),
      bounds,
      async (filter, sort, limit, limits) => {
        const pages = await pagesOf(ctx, { ...filter, sort, limit }, limits)
        expect(pages.flat()).toEqual(await listed(app.tenant, filter, sort, ctx.now))
      },
    ),
    { numRuns: RUNS },
  )
})

test(`each filter, alone and beside each other one, finds and counts what a plain query does (seed ${seed})`, async () => {
  const alone = added.flatMap((filter) => CustomerSort.options.map((sort) => ({ filter, sort })))
  const pairs = added.flatMap((one, i) =>
    others.slice(i + 1).map((other, k) => ({
      filter: { ...one, ...other },
      sort: CustomerSort.options.at((i + k) % CustomerSort.options.length) ?? 'email:asc',
    })),
  )
  const some = fc.shuffledSubarray([...alone, ...pairs], { minLength: TRIED, maxLength: TRIED })
  for (const { filter, sort } of fc.sample(some, { seed, numRuns: 1 })[0] ?? []) {
    const input = ListCustomers.parse({ ...filter, sort, limit: 100, count: 'exact' })
    const { data, pagination } = await listCustomers(ctx, input)
    const expected = await listed(app.tenant, filter, sort, ctx.now)
    expect([filter, sort, data.map(({ id }) => id)]).toEqual([filter, sort, expected])
    expect(pagination).toMatchObject({ total: expected.length, totalIsExact: true })
  }
})

/** So small that every way of counting is taken, and a capped count is cut. */
const countBounds = fc.record({
  hits: fc.integer({ min: 1, max: 100 }),
  few: fc.nat({ max: 30 }),
  capped: fc.integer({ min: 1, max: 600 }),
})

test(`a count is that of a plain query up to its end; what is cut short is a lower bound (seed ${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(filters, countBounds, async (filter, bounds) => {
      const all = (await listed(app.tenant, filter, 'createdAt:asc', ctx.now)).length
      const conditions = filterConditions(app.tenant, filter, ctx.now)
      const [exact, capped] = [
        await counted(listCountStatement(conditions, 'exact', LIST_SEARCH_BOUNDS, bounds)),
        await counted(listCountStatement(conditions, 'capped', LIST_SEARCH_BOUNDS, bounds)),
      ]
      const [only, ...more] = Object.keys(filter).filter((key) => key !== 'groupMode')
      const hasOneKey =
        /^(country|locale|emailDomain|consent)$/.test(only ?? '') ||
        filter.group?.length === 1 ||
        Object.keys(filter.metadata ?? {}).length === 1
      const end = hasOneKey && more.length === 0 ? all : bounds.hits
      expect(exact).toEqual({ total: Math.min(all, end), totalIsExact: all <= end })
      if (bounds.capped > 300) expect(capped.totalIsExact).toBe(all <= bounds.hits)
      if (capped.totalIsExact) expect(capped.total).toBe(all)
      else expect(capped.total).toBeLessThanOrEqual(Math.min(all, bounds.hits))
    }),
    // Nobody is found before the cut, which is no reason to guess.
    { numRuns: 2 * RUNS, examples: [[{ q: 'anna.b' }, { hits: 16, few: 0, capped: 1 }]] },
  )
})

async function counted({ sent, result }: ReturnType<typeof listCountStatement>) {
  return result(await query(sent.text, [...sent.values]))
}

test('groups that are given as an expression are judged as those that are looked up', async () => {
  for (const filter of others.filter(({ group, groupNot }) => group ?? groupNot)) {
    const { all } = filterConditions(app.tenant, filter, ctx.now, sqlFragment`c.group_keys`)
    const { text, values } = toTextAndValues(
      sqlFragment`select c.id from customer c where c.tenant = ${app.tenant} and c.listed and ${every(all.map(({ holds }) => holds))} order by c.id`,
    )
    expect(text).not.toContain('membership')
    const rows = await query<{ id: string }>(text, values)
    expect(rows.map(({ id }) => id)).toEqual(
      await listed(app.tenant, filter, 'createdAt:asc', ctx.now),
    )
  }
})
