import { type SQL, sql } from 'drizzle-orm'
import { inOrder, type ListQuery, otherConditions } from './query.ts'
import { setsOf, setTables, sureTable } from './set.ts'
import { countOf, table, unionOf, whole } from './sql.ts'
import { nearTables, walkTables } from './walk.ts'

/**
 * A page in one statement with a bounded amount of work, whatever the filter. (1) Walk an index that has the order of the list, a
 * few rows. (2) When they do not fill the page, take the first condition that holds for few, judge all of those, and sort them.
 * (3) When there is none, walk on, up to a number of rows; the list goes on after the last one that was looked at.
 * Answers `data` and `next`: the position to go on from, null at the end.
 */
export function listStatement(query: ListQuery): SQL {
  const { conditions, bounds, limit } = query
  if (conditions.sure !== null) {
    return withTables([sureTable(query, conditions.sure)], answer(query, sql`table found`, null))
  }
  if (otherConditions(query).length === 0) {
    return withTables(walkTables(query, limit + 1), answer(query, sql`table hit`, null))
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
  const page = unionOf(
    ['near', 'found', 'hit'].map(
      (name) =>
        sql`select * from ${sql.raw(name)} where (select page from settled) = ${sql.raw(`'${name}'`)}`,
    ),
  )
  const isCut = sql`(select page from settled) = 'hit' and (select cut from walk)`
  return withTables(tables, answer(query, page, isCut))
}

const withTables = (tables: readonly SQL[], { tables: more, select }: Answer): SQL =>
  sql`with ${sql.join([...tables, ...more], sql`, `)} ${select}`

type Answer = { readonly tables: readonly SQL[]; readonly select: SQL }

/** @param isCut whether there may be rows beyond those that were walked and are not in the page. */
function answer(query: ListQuery, page: SQL, isCut: SQL | null): Answer {
  const order = inOrder(query.sort)
  const backwards = inOrder(query.sort, { reversed: true })
  const limit = whole(query.limit)
  const { tenant } = query.conditions.scope
  const last = (name: string, noSets: boolean) =>
    sql`(select json_build_array(key, id, ${sql.raw(String(noSets))}) from ${sql.raw(name)} order by ${backwards} limit 1)`
  const cut = isCut === null ? sql`` : sql`when ${isCut} then ${last('walked', true)}`
  return {
    tables: [
      table('page', page),
      table('shown', sql`select * from page order by ${order} limit ${limit}`),
    ],
    select: sql`select (
        select coalesce(json_agg(document order by ${order}), '[]') from shown cross join lateral (
          select customer_row_document(c, ${query.currency}) as document from customer c
          where c.tenant = ${tenant} and c.id = shown.id) x
      ) as data, case
        when ${countOf('page')} > ${limit} then ${last('shown', query.after?.[2] ?? false)} ${cut} end as next`,
  }
}
