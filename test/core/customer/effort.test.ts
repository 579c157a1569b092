import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CustomerFilter } from '#core/customer'
import { filterConditions } from '../../../src/core/customer/list/filter-conditions.ts'
import type { Position } from '../../../src/core/customer/list/list-query.ts'
import { listStatement } from '../../../src/core/customer/list/list-statement.ts'
import { toFoundPage } from '../../../src/core/customer/list/unfiltered-list-and-page.ts'
import { LIST_SEARCH_BOUNDS } from '../../../src/core/customer/list.ts'
import { toSortKey } from '../../../src/core/customer/sort.ts'
import { startTestApp } from '../../support/app.ts'
import { listed, persons, settle } from '../../support/person.ts'
import { query } from '../../support/rows.ts'
import { seed } from '../../support/runs.ts'

const app = await startTestApp()
const now = new Date('2026-01-10T00:00:00Z')
await settle(app.tenant, fc.sample(persons, { seed, numRuns: 80 }))

/** Filters whose sets have some customers twice: a member of two groups, two addresses in a street, a word in both names. */
const filters: readonly CustomerFilter[] = [
  { group: ['many', 'some'] },
  { group: ['many', 'some', 'few'], emailVerified: true },
  { country: 'DE', group: ['many', 'some'] },
  { street: 'haupt 5' },
  { city: 'ber', postalCode: '101' },
  { phone: '4567' },
  { q: 'an' },
  { q: 'an', group: ['many', 'some'] },
  { metadata: { tier: 'gold' }, status: ['active', 'guest'] },
]

/** Positions before everybody, after one empty page and after two. */
const positions: readonly (readonly ['updatedAt:asc' | 'firstName:asc', Position])[] = [
  ['updatedAt:asc', ['1970-01-01T00:00:00Z', '', 2]],
  ['firstName:asc', ['\u0001', '', 2]],
  ['firstName:asc', ['\u0001', '', 3]],
]

test.each(filters)(
  `a set that was cut does not pass as whole because it has customers twice: %j (seed ${seed})`,
  async (filter) => {
    for (const [sort, after] of positions) {
      const expected = await listed(app.tenant, filter, sort, now)
      for (let most = 1; most <= 48; most += most < 12 ? 1 : 4) {
        const bounds = {
          ...LIST_SEARCH_BOUNDS,
          joined: most,
          joinedLast: most,
          wide: 100_000,
          far: 100,
          last: 70,
        }
        const { ids, next } = await pageOf(filter, { sort, after, bounds })
        const at = [sort, after[2], most]
        expect([at, ids]).toEqual([at, expected.slice(0, ids.length)])
        if (next === null) expect([at, ids.length]).toEqual([at, expected.length])
      }
    }
  },
)

type Asked = {
  readonly sort: 'updatedAt:asc' | 'firstName:asc'
  readonly after: Position
  readonly bounds: typeof LIST_SEARCH_BOUNDS
}

async function pageOf(filter: CustomerFilter, { sort, ...asked }: Asked) {
  const conditions = filterConditions(app.tenant, filter, now)
  const list = listStatement({
    currency: 'USD',
    sort: toSortKey(sort),
    limit: 100,
    conditions,
    ...asked,
  })
  const rows = await query<Record<string, unknown>>(list.sent.text, [...list.sent.values])
  const { customers, next } = toFoundPage(list.result(rows))
  return { ids: customers.map(({ id }) => id), next }
}
