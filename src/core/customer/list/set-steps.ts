import { type Fragment, rawFragment, sqlFragment } from '#db/fragment'
import type { SortKey } from '../sort.ts'
import { type IdSource, isListedAndMeetsAll } from './condition.ts'
import { maxRowsOfSet } from './cost.ts'
import {
  conditionsBesideSortColumn,
  idAfterPositionTest,
  isAfter,
  type ListQuery,
  partIndexOfPosition,
  withCarriedColumns,
} from './list-query.ts'
import { listPartsThatMayMatch } from './part-by-order-count.ts'
import { orderedSourcesOf } from './scan-branch.ts'
import {
  columnFragment,
  literalNumber,
  materializedTable,
  rowCountOfTable,
  unionAllOf,
} from './sql.ts'
import { stepStatement } from './step.ts'

const MOST_SETS = 3

/** The sources of conditions that few customers may meet. */
export function smallSetSourcesOf(query: ListQuery): IdSource[] {
  const ways = orderedSourcesOf(query)
  const sources = conditionsBesideSortColumn(query).flatMap(({ source }) => source ?? [])
  return sources.filter((source) => !ways.includes(source)).slice(0, MOST_SETS)
}

/**
 * The step that takes the first condition that few customers meet, tests all of those, and sorts them. `set0`…: the customers that meet one
 * condition; read only when every set before is too large. `drawn`: the rows of the first set that is small.
 * @param cost of the rows of all sets together.
 */
export function smallSetStep(query: ListQuery, sets: readonly IdSource[], cost: number): Fragment {
  const most = sets.map((source) => maxRowsOfSet(query, source, cost / sets.length))
  const isFew = (i: number) =>
    sqlFragment`${rowCountOfTable(`set${i}`)} <= ${literalNumber(most[i] ?? 0)}`
  const request = { direction: query.sort.direction, within: idAfterPositionTest(query) }
  const tables = sets.map(({ rows }, i) => {
    const gate = i === 0 ? sqlFragment`true` : sqlFragment`not ${isFew(i - 1)}`
    const found = rows({ ...request, most: (most[i] ?? 0) + 1 })
    return materializedTable(`set${i}`, sqlFragment`select * from (${found}) x where ${gate}`)
  })
  const drawn = sets.map(({ carries }, i) => {
    const name = rawFragment(`set${i}`)
    return carries
      ? sqlFragment`select * from ${name} where ${isFew(i)}`
      : withCarriedColumns(query, sqlFragment`select distinct id from ${name} where ${isFew(i)}`)
  })
  const page = firstRowsOfPage(query, matchesAfterPosition(query, sqlFragment`table drawn`))
  return stepStatement(query, {
    tables: [
      ...tables,
      materializedTable('drawn', unionAllOf(drawn)),
      materializedTable('page', page),
    ],
    when: isFew(sets.length - 1),
  })
}

/** The step for a filter that names a few ids. They include every match. */
export const knownIdsStep = (query: ListQuery, ids: Fragment): Fragment =>
  stepStatement(query, {
    tables: [
      materializedTable(
        'page',
        firstRowsOfPage(query, matchesAfterPosition(query, withCarriedColumns(query, ids))),
      ),
    ],
  })

/**
 * The rows that fit and are still to come, as (part, key, id).
 * @param more other columns of those rows, each behind a comma.
 */
export function matchesAfterPosition(
  query: ListQuery,
  rows: Fragment,
  more = sqlFragment``,
): Fragment {
  const { sort, conditions, after } = query
  const { tenant } = conditions.scope
  const key = sort.carried ? keyOf(sort) : sqlFragment`k.key`
  const keys = sort.carried
    ? sqlFragment``
    : sqlFragment`cross join lateral (select ${columnFragment(sort.column)} as key from customer
        where ${columnFragment('tenant')} = ${tenant} and ${columnFragment('id')} = c.id offset 0) k`
  const fits = isListedAndMeetsAll(conditions.all)
  const parts = listPartsThatMayMatch(sort, conditions.scope)
  const part =
    parts.length === 1
      ? sqlFragment`0`
      : sqlFragment`case when ${sort.apart ? sqlFragment`${key} is null` : sqlFragment`${key} = ${sort.empty}`} then ${literalNumber(parts.indexOf('none'))} else ${literalNumber(parts.indexOf('some'))} end`
  const isHere = isAfter(query, key, sqlFragment`c.id`)
  if (after === null)
    return sqlFragment`select ${part} as part, ${key} as key, c.id${more} from (${rows}) c ${keys} where ${fits}`
  const here = literalNumber(partIndexOfPosition(query))
  const toCome = sqlFragment`(${part} > ${here} or ${part} = ${here} and ${isHere})`
  return sqlFragment`select ${part} as part, ${key} as key, c.id${more} from (${rows}) c ${keys} where ${fits} and ${toCome}`
}

/** The key of an entry `c`. */
const keyOf = ({ column: name, apart }: SortKey): Fragment =>
  apart
    ? sqlFragment`case when ${columnFragment('orderCount', 'c')} > 0 then ${columnFragment(name, 'c')} end`
    : columnFragment(name, 'c')

/** The first rows of a page, in its order. */
export const firstRowsOfPage = ({ sort, limit }: ListQuery, rows: Fragment): Fragment =>
  sqlFragment`select * from (${rows}) r order by part, key ${rawFragment(sort.direction)}, id ${rawFragment(sort.direction)} limit ${literalNumber(limit + 1)}`
