import type { Fragment } from '#db/fragment'
import { sqlFragment } from '#db/fragment'
import { isListedAndMeetsAll } from './condition.ts'
import { maxRowsOfSet } from './cost.ts'
import { type ListQuery, withCarriedColumns } from './list-query.ts'
import { joinedIdsScan } from './scan.ts'
import { firstRowsOfPage, matchesAfterPosition } from './set-steps.ts'
import { literalNumber, materializedTable, rowCountOfTable, unionAllOf } from './sql.ts'
import { stepStatement } from './step.ts'

const MOST_SETS = 4

/**
 * The step of a search that has found nobody so far: it joins the sets of all conditions that are not too large, by their ids alone, tests
 * those who are in all of them, and sorts them.
 */
export function joinedSetsStep(query: ListQuery): Fragment[] {
  const { bounds } = query
  const drawn = maxRowsOfSet(query, { carries: false }, bounds.wide)
  const joined = joinedOf(query, bounds.joined, drawn + 1)
  if (joined === null) return []
  const rows = withCarriedColumns(query, sqlFragment`table joined`)
  return [
    stepStatement(query, {
      tables: [
        ...joined.tables,
        materializedTable('page', firstRowsOfPage(query, matchesAfterPosition(query, rows))),
      ],
      when: sqlFragment`${joined.isThere} and ${rowCountOfTable('joined')} <= ${literalNumber(drawn)}`,
    }),
  ]
}

/**
 * The steps after two empty pages of a list by a column that entries do not have. They join the sets with a far scan in that order. The scan
 * reads only keys and ids, so it looks up no row that is outside the sets. It is shorter for very large sets, which have more of its rows.
 */
export function joinedScanSteps(query: ListQuery): Fragment[] {
  const { bounds, sort } = query
  if (sort.carried) return []
  const ways = [
    { ids: bounds.joined, rows: bounds.last },
    { ids: bounds.joinedLast, rows: bounds.far },
  ]
  return ways.flatMap(({ ids, rows }) => {
    const joined = joinedOf(query, ids, ids)
    if (joined === null) return []
    const { tables, otherwise } = joinedIdsScan(query, rows)
    return stepStatement(query, {
      tables: [...joined.tables, ...tables],
      otherwise,
      when: joined.isThere,
    })
  })
}

/**
 * `set0`…: the ids of one condition, at most one row more than the bound. A set may have an id twice, so its rows are counted, not its ids.
 * `fits`: whether it meets the conditions that its row can tell. `joined`: the ids that fit and are in all sets that were read whole, at
 * most so many. Null: no condition has a set.
 */
function joinedOf({ conditions, sort }: ListQuery, bound: number, most: number) {
  const sources = conditions.all.flatMap(({ source }) => source ?? []).slice(0, MOST_SETS)
  if (sources.length === 0) return null
  const tests = conditions.all.filter(({ reads }) => reads === 'nothing')
  const request = { direction: sort.direction, within: () => sqlFragment`true`, most: bound + 1 }
  const sets = sources.map(({ rows, narrowed = rows, carries }, i) =>
    materializedTable(
      `set${i}`,
      sqlFragment`select id, ${carries ? isListedAndMeetsAll(tests) : sqlFragment`true`} as fits from (${narrowed(request)}) c`,
    ),
  )
  const isWhole = (i: number) =>
    sqlFragment`${rowCountOfTable(`set${i}`)} <= ${literalNumber(bound)}`
  const wholeSets = sources.map(
    (_, i) =>
      sqlFragment`(select distinct ${literalNumber(i)} as place, id from set${literalNumber(i)} where ${isWhole(i)} and fits)`,
  )
  const count = sum(sources.map((_, i) => sqlFragment`(${isWhole(i)})::int`))
  const isIn = sqlFragment`select id from (${unionAllOf(wholeSets)}) u group by id having count(*) = (${count}) limit ${literalNumber(most)}`
  return {
    tables: [...sets, materializedTable('joined', isIn)],
    isThere: sqlFragment`${count} > 0`,
  }
}

const sum = (terms: readonly Fragment[]): Fragment =>
  terms.reduce((all, term) => sqlFragment`${all} + ${term}`)
