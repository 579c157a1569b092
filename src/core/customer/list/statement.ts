import { EmbeddedCall } from '#db/embedded'
import { type Fragment, join, raw, sql } from '#db/fragment'
import { listByIds } from '../generated/query.ts'
import { type Found, type ListRow, toCustomers } from './page.ts'
import { inOrder, type ListQuery, otherConditions, type Position } from './query.ts'
import { setsOf, setTables, sureTable } from './set.ts'
import { countOf, table, whole } from './sql.ts'
import { nearTables, plainRows, walkTables } from './walk.ts'

/**
 * A page in one statement with a bounded amount of work, whatever the filter. (1) Walk an index that has the order of the list, a
 * few rows. (2) When they do not fill the page, take the first condition that holds for few, judge all of those, and sort them.
 * (3) When there is none, walk on, up to a number of rows; the list goes on after the last one that was looked at.
 * Answers the customers, and `next`: the position to go on from, null at the end.
 */
export function listStatement(query: ListQuery): EmbeddedCall<ListRow, Found> {
  const { tenant } = query.conditions.scope
  const ids = sql`array(select id from page order by ${inOrder(query.sort)} limit ${whole(query.limit)})`
  return new EmbeddedCall(
    listByIds,
    { tenant, currency: query.currency, ids },
    (rows) => findPage(query, rows),
    (rows, { next }) => ({ customers: toCustomers(rows), next: next as Position | null }),
  )
}

/** @param rows the customers of `page`, as an expression. */
function findPage(query: ListQuery, rows: Fragment): Fragment {
  const { conditions, bounds } = query
  const answer = (page: Fragment, isCut: Fragment | null) => answerOf(query, rows, page, isCut)
  if (conditions.sure !== null) {
    return withTables([sureTable(query, conditions.sure)], answer(sql`table found`, null))
  }
  if (otherConditions(query).length === 0) {
    return withTables([], answer(plainRows(query), null))
  }
  const sets = setsOf(query)
  if (sets.length === 0) {
    const isCut = sql`(select cut from walk)`
    return withTables(walkTables(query, bounds.walk + bounds.sets), answer(sql`table hit`, isCut))
  }
  const tables = [
    ...walkTables(query, bounds.walk),
    ...nearTables(query),
    ...setTables(query, sets),
  ]
  const isFound = sql`(select found from settled)`
  const page = sql`select * from found where ${isFound} union all select * from hit where not ${isFound}`
  const isCut = sql`not ${isFound} and (select cut from walk)`
  return withTables(tables, answer(page, isCut))
}

const withTables = (tables: readonly Fragment[], { tables: more, select }: Answer): Fragment =>
  sql`with ${join([...tables, ...more], ', ')} ${select}`

type Answer = { readonly tables: readonly Fragment[]; readonly select: Fragment }

/** @param isCut whether there may be rows beyond those that were walked and are not in the page. */
function answerOf(
  query: ListQuery,
  rows: Fragment,
  page: Fragment,
  isCut: Fragment | null,
): Answer {
  const { limit, after, sort } = query
  const order = inOrder(sort)
  const noSets = raw(String(after?.[2] ?? false))
  const cut = sql`when ${isCut} then (
    select json_build_array(key, id, true) from walked order by ${inOrder(sort, { reversed: true })} limit 1)`
  return {
    tables: [table('page', page)],
    select: sql`select ${rows} as made,
      case when ${countOf('page')} > ${whole(limit)} then (
          select json_build_array(key, id, ${noSets}) from page order by ${order} offset ${whole(limit - 1)} limit 1)
        ${isCut === null ? sql`` : cut} end as next`,
  }
}
