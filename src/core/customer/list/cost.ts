import type { IdSource } from './condition.ts'
import { conditionsBesideSortColumn, type ListQuery } from './list-query.ts'
import { orderedSourcesOf } from './scan-branch.ts'

/**
 * The cost of a look-up in another table, in rows of an index of `list_entry`. (Measured at a million customers: 8 µs for a look-up, 0.4 µs for
 * a row with its test.)
 */
const LOOK_UP = 20

/** The conditions whose test looks something up. */
const lookUps = (query: ListQuery): number =>
  conditionsBesideSortColumn(query).filter(({ reads }) => reads !== 'nothing').length

export type Budget = {
  /** The rows that are read. */
  readonly most: number
  /** The rows for which something is looked up. */
  readonly looked: number
}

/**
 * The rows that a scan may read for a cost. It is at least one row, so that each page makes progress.
 * @param rows the most rows, where nothing is looked up for most of them.
 */
export function scanBudgetForCost(query: ListQuery, cost: number, rows = cost): Budget {
  const ways = orderedSourcesOf(query)
  const isEntry = ways.length > 0 ? ways.every(({ carries }) => carries) : query.sort.carried
  const tests = lookUps(query)
  const page = query.limit + 1
  if (!isEntry) {
    const most = atLeastOne(cost / (1 + LOOK_UP * (1 + tests)))
    return { most, looked: Math.max(most, page) }
  }
  return { most: rows, looked: tests === 0 ? page : Math.max(page, rowsLookedUp(cost, tests)) }
}

/** What a scan that is joined with sets may do: it looks up the entries of those who are in them, and what their tests need. */
export const joinedScanBudget = (query: ListQuery, most: number): Budget => ({
  most,
  looked: Math.max(query.limit + 1, rowsLookedUp(query.bounds.far, 1 + lookUps(query))),
})

/** @param each the look-ups for each row. */
const rowsLookedUp = (cost: number, each: number): number => atLeastOne(cost / (LOOK_UP * each))

/** The most rows of a set that are drawn, which are sorted by a key that may be looked up as well. */
export function maxRowsOfSet(
  query: ListQuery,
  { carries }: Pick<IdSource, 'carries'>,
  cost: number,
): number {
  const others = (query.sort.carried ? 0 : 1) + (carries ? 0 : 1)
  return atLeastOne(cost / (1 + LOOK_UP * (lookUps(query) + others)))
}

const atLeastOne = (rows: number): number => Math.max(1, Math.floor(rows))
