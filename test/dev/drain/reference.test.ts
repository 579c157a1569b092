import fc from 'fast-check'
import { expect, inject, test } from 'vitest'
import { type CustomerFilter, CustomerSort } from '#core/customer'
import { filterPredicates, matchingRows } from '../../../dev/expected-list/filter.ts'
import { readCustomers } from '../../../dev/expected-list/read-customers.ts'
import { SortedRows } from '../../../dev/expected-list/sorted-rows.ts'
import { withConnection } from '../../../dev/with-connection.ts'
import { startTestApp } from '../../support/app.ts'
import { listed, persons, settle } from '../../support/person.ts'
import { seed } from '../../support/runs.ts'

const { tenant, otherTenant } = await startTestApp()
const ids = await settle(tenant, fc.sample(persons, { seed, numRuns: 120 }))
await settle(otherTenant, fc.sample(persons, { seed: seed + 1, numRuns: 20 }))
const customers = await withConnection(inject('database'), (client) =>
  readCustomers(client, tenant),
)
const orders = new SortedRows(customers)
const now = new Date('2026-01-10T00:00:00Z')

type Filters = {
  readonly [field in keyof CustomerFilter]-?: readonly NonNullable<CustomerFilter[field]>[]
}

/** A search that nobody matches would be guessed at. */
const filters: Filters = {
  id: [ids.slice(0, 9)],
  externalId: ['x1', 'x3', 'none'],
  email: ['ANNA1@example.com', '50%3@example.com'],
  orderId: ['o10', 'o1'],
  group: [['many'], ['few', 'none']],
  groupMode: ['any', 'all'],
  groupNot: [['many'], ['few', 'some']],
  q: ['an', 'josé', '明', 'a b', '10115', '4567', 'o10', '@', 'anna 10115', 'benami', 'ßanna', '-'],
  status: [['active'], ['merged'], ['guest', 'merged', 'disabled']],
  emailVerified: [true, false],
  emailDomain: ['example.com', 'xn--bcher-kva.example', 'le.com'],
  locale: ['de', 'de-AT', 'en'],
  consent: ['marketing:granted', 'marketing:withdrawn', 'terms:pending'],
  metadata: [{ tier: 'gold' }, { tier: '' }, { 'price-list': '100%', tier: 'Gold' }],
  phone: ['4567', '3344567', '+49 30 12345 67', '030 1234567'],
  country: ['DE', 'FR'],
  city: ['ber', 'BERLIN', 'sankt ans'],
  postalCode: ['101', '10115', 'sw1a'],
  street: ['5', 'haupt 5', '15 am'],
  company: ['sons', 'acme'],
  minOrders: [0, 2],
  maxOrders: [0, 2],
  hasOrders: [true, false],
  minSpent: [0, 100],
  maxSpent: [0, 2500],
  createdAfter: ['2026-01-02', '2026-01-03T00:00:00.001Z'],
  createdBefore: ['2026-01-04', '-200h'],
  updatedAfter: ['2026-01-03T00:00:00.001Z'],
  updatedBefore: ['2026-01-04'],
  lastOrderAfter: ['2026-01-02'],
  lastOrderBefore: ['2026-01-04', '-6d'],
}

const alone = Object.entries(filters).flatMap(([field, given]) =>
  given.map((value): CustomerFilter => ({ [field]: value })),
)

const inReference = (filter: CustomerFilter, sort: CustomerSort): string[] =>
  [...matchingRows(orders.of(sort), filterPredicates(customers, filter, now))].map((row) =>
    customers.idAt(row),
  )

test.each(alone)(
  `the reference finds whom a plain query finds: %j (seed ${seed})`,
  async (filter) => {
    for (const sort of CustomerSort.options) {
      const found = inReference(filter, sort)
      if (filter.q === undefined || found.length > 0) {
        expect(found).toEqual(await listed(tenant, filter, sort, now))
      }
    }
  },
)

test(`the reference has the order of a plain query, whatever the filter (seed ${seed})`, async () => {
  const [shown, hidden] = [{}, { status: filters.status[1] ?? [] }]
  for (const sort of CustomerSort.options) {
    for (const filter of [shown, hidden]) {
      expect(inReference(filter, sort)).toEqual(await listed(tenant, filter, sort, now))
    }
  }
})
