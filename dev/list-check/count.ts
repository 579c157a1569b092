import type pg from 'pg'
import { setPlannerForCount } from '../../src/core/customer/generated/query.ts'
import { type CountMode, listCountStatement } from '../../src/core/customer/list/count.ts'
import { filterConditions } from '../../src/core/customer/list/filter-conditions.ts'
import { LIST_SEARCH_BOUNDS } from '../../src/core/customer/list.ts'
import type { Asked } from './read-list.ts'

/** Counts a list as the service does, without its deadline. */
export async function countListAsService(client: pg.Client, asked: Asked, counting: CountMode) {
  const { tenant, filter, now } = asked
  const { sent, result } = listCountStatement(
    filterConditions(tenant, filter, now),
    counting,
    LIST_SEARCH_BOUNDS,
  )
  const prepare = setPlannerForCount({}).sent
  await client.query('begin')
  try {
    await client.query(prepare.text, [...prepare.values])
    const from = performance.now()
    const { rows } = await client.query(sent.text, [...sent.values])
    return { count: result(rows), ms: performance.now() - from }
  } finally {
    await client.query('commit')
  }
}
