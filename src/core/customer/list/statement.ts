import { EmbeddedCall } from '#db/embedded'
import { type Fragment, join, raw, sql } from '#db/fragment'
import { listByIds } from '../generated/query.ts'
import { guessedIds, guessedNext, guessTables, isGuessing, mayGuess } from './guess.ts'
import { type Found, type ListRow, toCustomers } from './page.ts'
import { inOrder, type ListQuery, otherConditions, type Position } from './query.ts'
import { nearTables, plainRows, scanTables } from './scan.ts'
import { setsOf, setTables, sureTable } from './set.ts'
import { countOf, table, whole } from './sql.ts'

/**
 * A page in one statement with a bounded amount of work for any filter. (1) Scan a few rows of an index that has the order of the
 * list. (2) If they do not fill the page, take the first condition that few customers meet, test all of those, and sort them.
 * (3) If there is none, scan on, up to a number of rows; the next page begins after the last row that was read.
 * (4) If the list ends and nobody has matched its search, list those whom the search may mean.
 * Answers the customers, and `next`: the position of the next page, null at the end.
 */
export function listStatement(query: ListQuery): EmbeddedCall<ListRow, Found> {
  const { tenant } = query.conditions.scope
  const inPage = sql`array(select id from page order by ${inOrder(query.sort)} limit ${whole(query.limit)})`
  const guessed = guessedIds(query)
  const ids = isGuessing(query) ? guessed : mayGuess(query) ? sql`${inPage} || ${guessed}` : inPage
  return new EmbeddedCall(
    listByIds,
    { tenant, currency: query.currency, ids },
    (rows) => (isGuessing(query) ? guessPage(query, rows) : findPage(query, rows)),
    (rows, { next }) => ({ customers: toCustomers(rows), next: next as Position | null }),
  )
}

/** The page after a position among those whom the search may mean. */
function guessPage(query: ListQuery, rows: Fragment): Fragment {
  const select = sql`select ${rows} as made, case ${guessedNext(query)} end as next`
  return withTables(guessTables(query, sql`true`), { tables: [], select })
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
    const isCut = sql`(select cut from scan)`
    return withTables(scanTables(query, bounds.scan + bounds.sets), answer(sql`table hit`, isCut))
  }
  const tables = [
    ...scanTables(query, bounds.scan),
    ...nearTables(query),
    ...setTables(query, sets),
  ]
  const isFound = sql`(select found from outcome)`
  const page = sql`select * from found where ${isFound} union all select * from hit where not ${isFound}`
  const isCut = sql`not ${isFound} and (select cut from scan)`
  return withTables(tables, answer(page, isCut))
}

const withTables = (tables: readonly Fragment[], { tables: more, select }: Answer): Fragment =>
  sql`with ${join([...tables, ...more], ', ')} ${select}`

type Answer = { readonly tables: readonly Fragment[]; readonly select: Fragment }

/** @param isCut whether there may be rows beyond the scanned ones that are not in the page. */
function answerOf(
  query: ListQuery,
  rows: Fragment,
  page: Fragment,
  isCut: Fragment | null,
): Answer {
  const { limit, after, sort } = query
  const order = inOrder(sort)
  const noSets = raw(String(after?.[2] ?? false))
  const last = (position: Fragment) =>
    sql`(select ${position} from scanned order by ${inOrder(sort, { reversed: true })} limit 1)`
  const cut = sql`when ${isCut} then ${last(sql`json_build_array(key, id, true)`)}`
  const isEmpty = sql`not exists (select from page)`
  const guesses = mayGuess(query)
  const cutEmpty =
    guesses && isCut !== null
      ? sql`when ${isCut} and ${isEmpty} then ${last(sql`json_build_array(key, id, true, 0)`)}`
      : sql``
  const gate = sql`${isEmpty} and not (${isCut ?? sql`false`})`
  return {
    tables: [table('page', page), ...(guesses ? guessTables(query, gate) : [])],
    select: sql`select ${rows} as made,
      case when ${countOf('page')} > ${whole(limit)} then (
          select json_build_array(key, id, ${noSets}) from page order by ${order} offset ${whole(limit - 1)} limit 1)
        ${cutEmpty} ${isCut === null ? sql`` : cut} ${guesses ? guessedNext(query) : sql``} end as next`,
  }
}
