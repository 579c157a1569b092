import { type SQL, sql } from 'drizzle-orm'
import { inOrder, type ListQuery, otherConditions } from './query.ts'
import { setsOf, setTables, sureTable } from './set.ts'
import { countOf, table, whole } from './sql.ts'
import { nearTables, plainRows, walkTables } from './walk.ts'

/**
 * A page in one statement with a bounded amount of work, whatever the filter. (1) Walk an index that has the order of the list, a
 * few rows. (2) When they do not fill the page, take the first condition that holds for few, judge all of those, and sort them.
 * (3) When there is none, walk on, up to a number of rows; the list goes on after the last one that was looked at.
 * Answers `data`, written out as JSON, and `next`: the position to go on from, null at the end.
 */
export function listStatement(query: ListQuery): SQL {
  const { conditions, bounds } = query
  if (conditions.sure !== null) {
    return withTables([sureTable(query, conditions.sure)], answer(query, sql`table found`, null))
  }
  if (conditions.all.length === 0) return pageOfAll(query)
  if (otherConditions(query).length === 0) {
    return withTables([], answer(query, plainRows(query), null))
  }
  const sets = setsOf(query)
  if (sets.length === 0) {
    const isCut = sql`(select cut from walk)`
    return withTables(
      walkTables(query, bounds.walk + bounds.sets),
      answer(query, sql`table hit`, isCut),
    )
  }
  const tables = [
    ...walkTables(query, bounds.walk),
    ...nearTables(query),
    ...setTables(query, sets),
  ]
  const isFound = sql`(select found from settled)`
  const page = sql`select * from found where ${isFound} union all select * from hit where not ${isFound}`
  const isCut = sql`not ${isFound} and (select cut from walk)`
  return withTables(tables, answer(query, page, isCut))
}

/** The same for a list without a filter, which is asked for most: its plans are kept. */
function pageOfAll({ conditions, currency, sort, after, limit }: ListQuery): SQL {
  const order = `${sort.column} ${sort.direction}`
  const [key, id] = after ?? [null, null]
  return sql`select data, next from
    customer_page(${conditions.scope.tenant}, ${currency}, ${order}, ${key}, ${id}, ${limit})`
}

const withTables = (tables: readonly SQL[], { tables: more, select }: Answer): SQL =>
  sql`with ${sql.join([...tables, ...more], sql`, `)} ${select}`

type Answer = { readonly tables: readonly SQL[]; readonly select: SQL }

/** @param isCut whether there may be rows beyond those that were walked and are not in the page. */
function answer(query: ListQuery, page: SQL, isCut: SQL | null): Answer {
  const { limit, currency, conditions, after, sort } = query
  const order = inOrder(sort)
  const noSets = sql.raw(String(after?.[2] ?? false))
  const cut = sql`when ${isCut} then (
    select json_build_array(key, id, true) from walked order by ${inOrder(sort, { reversed: true })} limit 1)`
  return {
    tables: [table('page', page)],
    select: sql`select customer_documents(customers_of(${conditions.scope.tenant},
        array(select id from page order by ${order} limit ${whole(limit)})), ${currency})::text as data,
      case when ${countOf('page')} > ${whole(limit)} then (
          select json_build_array(key, id, ${noSets}) from page order by ${order} offset ${whole(limit - 1)} limit 1)
        ${isCut === null ? sql`` : cut} end as next`,
  }
}
