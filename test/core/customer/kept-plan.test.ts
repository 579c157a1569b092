import { expect, inject, test } from 'vitest'
import type { CustomerFilter } from '#core/customer'
import { withConnection } from '../../../dev/with-connection.ts'
import { filterConditions } from '../../../src/core/customer/list/filter-conditions.ts'
import { listStatement } from '../../../src/core/customer/list/list-statement.ts'
import { LIST_SEARCH_BOUNDS } from '../../../src/core/customer/list.ts'
import { toSortKey } from '../../../src/core/customer/sort.ts'
import { startTestApp } from '../../support/app.ts'
import { crowd } from '../../support/group.ts'

const app = await startTestApp()
await crowd(app, 30)

const page = (filter: CustomerFilter, limit = 20) =>
  listStatement({
    currency: 'USD',
    conditions: filterConditions(app.tenant, filter, new Date()),
    sort: toSortKey('totalSpent:desc'),
    limit,
    after: null,
    bounds: LIST_SEARCH_BOUNDS,
  })

const keptPlans = `select generic_plans::int as runs from pg_prepared_statements where name like 'find\\_page\\_%'`

test('a session keeps the plan of the first step of a filter that comes again, for any values', () =>
  withConnection(inject('database'), async (client) => {
    for (const group of ['vip', 'wholesale', `it's`, '%1$L $1']) {
      const { text, values } = page({ group: [group], minOrders: 1 }).sent
      await client.query(text, [...values])
    }
    const { rows } = await client.query(keptPlans)
    expect(rows).toEqual([{ runs: 3 }])
  }))

test('very many filters do not fill the memory of a session', () =>
  withConnection(inject('database'), async (client) => {
    for (let n = 0; n < 460; n++) {
      const shape = n >> 1
      const filter = { minOrders: 1, ...(shape < 115 ? {} : { maxOrders: 9 }) }
      const { text, values } = page(filter, shape % 115).sent
      await client.query(text, [...values])
    }
    const { rows } = await client.query(keptPlans)
    expect(rows.length).toBeLessThan(110)
    expect(rows.length).toBeGreaterThan(0)
  }))
