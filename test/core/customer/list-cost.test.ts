import { expect, inject, test } from 'vitest'
import type { CustomerFilter } from '#core/customer'
import { explainPageSearch } from '../../../dev/explain-page-search.ts'
import { withConnection } from '../../../dev/with-connection.ts'
import { addressFindKeys } from '../../../src/core/address/find-keys.ts'
import { filterConditions } from '../../../src/core/customer/list/filter-conditions.ts'
import type { Position } from '../../../src/core/customer/list/list-query.ts'
import { listStatement } from '../../../src/core/customer/list/list-statement.ts'
import { nameKey } from '../../../src/core/customer/name-key.ts'
import { type CustomerSort, toSortKey } from '../../../src/core/customer/sort.ts'
import { startTestApp } from '../../support/app.ts'
import { crowd } from '../../support/group.ts'
import { query } from '../../support/rows.ts'
import { runs } from '../../support/runs.ts'

const app = await startTestApp()
await crowd(app, 3000)
await query('update customer set first_name_key = $2, last_name_key = $3 where tenant = $1', [
  app.tenant,
  nameKey('Ana María'),
  nameKey("O'Brien 山田"),
])
// Constraints that span tables are not checked: nobody has a default address.
const keys = JSON.stringify(
  addressFindKeys({ country: 'DE', line1: 'Hauptstr. 5', city: 'Berlin', postalCode: '10115' }),
)
await query(`begin; set local session_replication_role = replica;
  insert into address (tenant, id, customer_id, line1, city, postal_code, country, phone, sameness, keys, created_at, updated_at)
    select tenant, 'of-' || id, id, 'Hauptstr. 5', 'Berlin', '10115', 'DE', '+49301234567', '', '${keys}', now(), now()
    from customer where tenant = '${app.tenant}';
  insert into find_key (tenant, kind, value, customer_id)
    select c.tenant, split_part(made, ' ', 1), substr(made, strpos(made, ' ') + 1), c.id
    from customer c, unnest(customer_find_keys(c)) made where c.tenant = '${app.tenant}';
  commit`)
await query('analyze customer, list_entry, name_word, address, find_key')

const bounds = {
  near: 10,
  scan: 50,
  sets: 60,
  joined: 60,
  wide: 60,
  far: 100,
  joinedLast: 40,
  last: 60,
  probe: 5,
  named: 90,
  likely: 30,
}

test.each([
  'ana',
  'maria brien',
  'ana maria xi',
  'an a maria obrien',
  "o'brien 山田",
  'a b c d e f g h',
  'ana@maria.example',
  '山',
  'mraia',
  'aan obrein',
  'nai mraia obrein xi',
  '4567',
  '10115',
  'ana 10115',
  'ana 10117',
  'ana 0301234567',
  'ana 10115 maria',
  'nai 10115',
  'mraia 0301234567 obrein',
  'mraia ORDER-17',
])('to search for %j among many who have the name reads a bounded number of rows', async (q) => {
  // With a number beside a name, addresses are looked up as well, and the name once more.
  await expectBounded({ q }, /[a-z] .*\d/.test(q) ? 1.5 : 1)
})

test.each<CustomerFilter>([
  { groupNot: ['none'] },
  { hasOrders: false, emailVerified: true },
  { emailDomain: 'example.org', locale: 'de', metadata: { tier: 'gold' } },
  { metadata: { tier: 'silver' } },
  { consent: 'marketing:granted', country: 'DE' },
  { metadata: { tier: 'gold', size: 'l', color: 'red', 'price-list': 'b2b' } },
  { status: ['guest', 'disabled'] },
  { phone: '4567' },
  { phone: '4568' },
  { country: 'DE' },
  { country: 'AT' },
  { city: 'ber', country: 'AT' },
  { city: 'ber', street: 'hauptstr 5', postalCode: '101' },
  { street: 'hauptstr 6' },
  { street: 'haupt str 5 a' },
  { postalCode: '10115-1234' },
  { street: 'hauptstr 5', company: 'acme' },
  { postalCode: '10115', hasOrders: true },
  { orderId: 'none' },
])('a filter that few or most meet reads a bounded number of rows: %j', (filter) =>
  expectBounded(filter, 1),
)

test.each<CustomerFilter>([
  { status: ['active', 'merged'], emailVerified: true },
  { status: ['merged', 'unverified'], country: 'DE', hasOrders: true },
])('customers who are listed and others together take twice the rows: %j', (filter) =>
  expectBounded(filter, 2),
)

/** First pages, and pages after empty ones. A filter has some of them, and the next filter the others. */
const pages: readonly (readonly (readonly [CustomerSort, Position | null])[])[] = [
  [
    ['createdAt:desc', null],
    ['lastName:asc', ['', '', 3]],
  ],
  [
    ['email:desc', null],
    ['lastOrderAt:asc', [null, '', 2]],
  ],
  [
    ['lastName:asc', null],
    ['updatedAt:asc', ['1970-01-01T00:00:00Z', '', 3]],
  ],
  [
    ['lastOrderAt:asc', null],
    ['firstName:asc', ['', '', 2]],
  ],
]
let asked = 0

async function expectBounded(filter: CustomerFilter, parts: number): Promise<void> {
  const some = pages[asked++ % pages.length] ?? []
  for (const [sort, after] of runs(some, pages.flat())) {
    const statement = listStatement({
      currency: 'USD',
      conditions: filterConditions(app.tenant, filter, app.runtime.now()),
      sort: toSortKey(sort),
      limit: 20,
      after,
      bounds,
    })
    const { examined } = await withConnection(inject('database'), (client) =>
      explainPageSearch(client, statement),
    )
    // Each row that is examined may be looked up in the customer's table, and again for the answer.
    const wide = after === null ? 0 : 4 * (bounds.joined + bounds.joinedLast) + bounds.last
    const most = 3 * parts * (bounds.scan + bounds.sets + bounds.wide + bounds.far + wide)
    expect(examined, `${JSON.stringify(filter)} ${sort} ${after}`).toBeLessThan(most)
  }
}
