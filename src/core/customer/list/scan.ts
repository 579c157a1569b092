import { type Fragment, joinFragments, rawFragment, sqlFragment } from '#db/fragment'
import { type Condition, hasListEntry, isListedAndMeetsAll, meetsAll } from './condition.ts'
import { type Budget, joinedScanBudget, scanBudgetForCost } from './cost.ts'
import { conditionsBesideSortColumn, type ListQuery, withCarriedColumns } from './list-query.ts'
import {
  orderedSourcesOf,
  pickOrderedSource,
  type ScanBranch,
  scanBranchesOf,
} from './scan-branch.ts'
import { every, literalNumber, materializedTable, rowCountOfTable, unionAllOf } from './sql.ts'
import { cutPosition, stepStatement } from './step.ts'

/** The cost of the first step, in rows that it may read: where rows need look-ups, it reads fewer. */
const NEAR_LOOK_UPS = 5

/** The first step: a few rows in the order of the list. They are the page if enough of them fit, or if there are no others. */
export function firstRowsStep(query: ListQuery): Fragment {
  const { near } = query.bounds
  const { tables, isCut } = scan(query, scanBudgetForCost(query, NEAR_LOOK_UPS * near, near))
  const isFull = sqlFragment`${rowCountOfTable('page')} > ${literalNumber(query.limit)}`
  return stepStatement(query, { tables, when: sqlFragment`${isFull} or not ${isCut}` })
}

/** A scan in the order of the list, up to a cost; the next page begins after the last row that was read. */
export function scanStep(query: ListQuery, cost: number): Fragment {
  const { tables, otherwise } = scan(query, scanBudgetForCost(query, cost))
  return stepStatement(query, { tables, otherwise })
}

/** The page of a list without other conditions. */
export function unfilteredStep(query: ListQuery): Fragment {
  const parts = scanBranchesOf(query).map(
    ({ part, bare }) =>
      sqlFragment`select ${literalNumber(part)} as part, key, id from (${bare(query.limit + 1)}) c`,
  )
  return stepStatement(query, { tables: [materializedTable('page', unionAllOf(parts))] })
}

type Scan = {
  readonly tables: readonly Fragment[]
  readonly isCut: Fragment
  /** The position where it was cut, as branches of a `case`. */
  readonly otherwise: Fragment
}

/** A scan that looks up only those rows whose ids are in the table `joined`. */
export const joinedIdsScan = (query: ListQuery, most: number): Scan =>
  scan(query, joinedScanBudget(query, most), joinedRows)

/** The rows of each leg that fit are the `page`; `end0`…: where a leg was cut. A part is scanned when those before it have ended. */
function scan(query: ListQuery, budget: Budget, rowsOf = testedRows): Scan {
  const ways = orderedSourcesOf(query)
  const legs = scanBranchesOf(query)
  const isTurn = (i: number) =>
    ways.length > 0
      ? []
      : legs
          .slice(0, i)
          .map(
            (_, k) =>
              sqlFragment`not exists (table end${literalNumber(k)}) and ${rowCountOfTable(`hit${k}`)} <= ${literalNumber(query.limit)}`,
          )
  const ends = legs.map((_, i) => sqlFragment`exists (table end${literalNumber(i)})`)
  return {
    tables: [
      ...(ways.length > 1 ? [materializedTable('picked', pickOrderedSource(query, ways))] : []),
      ...legs.flatMap((leg, i) =>
        legTables(query, { ...leg, gate: every([leg.gate, ...isTurn(i)]) }, { i, budget, rowsOf }),
      ),
      materializedTable(
        'page',
        unionAllOf(legs.map((_, i) => sqlFragment`select * from hit${literalNumber(i)}`)),
      ),
    ],
    isCut: sqlFragment`(${joinFragments(ends, ' or ')})`,
    otherwise: joinFragments(
      ends.map(
        (isCut, i) =>
          sqlFragment`when ${isCut} then ${cutPosition(query, sqlFragment`from end${literalNumber(i)}`)}`,
      ),
      ' ',
    ),
  }
}

/**
 * `passing`: the first rows that pass the tests of what entries have. `hit`: those of them that pass the other tests, which are look-ups, at
 * most one more than the page has. `end`: the last row that was read, if there may be more. All are computed only as far as they are
 * read.
 */
function legTables(
  query: ListQuery,
  leg: ScanBranch,
  { i, budget, rowsOf }: { readonly i: number; readonly budget: Budget; readonly rowsOf: RowsOf },
): Fragment[] {
  const { limit } = query
  const { part, bare, order, gate } = leg
  const { most, looked } = budget
  const passing = rawFragment(`passing${i}`)
  const { tables, passes, hits } = rowsOf(query, leg, { i, most })
  return [
    ...tables,
    materializedTable(
      `passing${i}`,
      sqlFragment`select key, id from ${passes} order by ${order} limit ${literalNumber(looked)}`,
    ),
    materializedTable(
      `hit${i}`,
      sqlFragment`select ${literalNumber(part)} as part, key, id from ${hits(passing)} order by ${order} limit ${literalNumber(limit + 1)}`,
    ),
    materializedTable(
      `end${i}`,
      sqlFragment`select key, id from (
          (select key, id from ${passing} order by ${order} offset ${literalNumber(looked - 1)} limit 1)
          union all (select key, id from (${bare(most)}) r where ${gate} and ${rowCountOfTable(`passing${i}`)} < ${literalNumber(looked)}
            order by ${order} offset ${literalNumber(most - 1)} limit 1)) e
        where ${rowCountOfTable(`hit${i}`)} <= ${literalNumber(limit)}`,
    ),
  ]
}

type Rows = {
  /** Tables that the others read. */
  readonly tables: readonly Fragment[]
  /** What follows `from` to read the rows that pass. */
  readonly passes: Fragment
  /** The SQL after `from` that reads the matching entries. */
  readonly hits: (passing: Fragment) => Fragment
}
type RowsOf = (query: ListQuery, leg: ScanBranch, at: At) => Rows
/** The number of a leg, and the rows that it may read. */
type At = { readonly i: number; readonly most: number }

/** The first rows, tested by what entries have and then by look-ups. */
function testedRows(query: ListQuery, { rows, gate }: ScanBranch, { most }: At): Rows {
  const conditions = conditionsBesideSortColumn(query)
  const [cheap, dear] = [conditions.filter(isCheap), conditions.filter((one) => !isCheap(one))]
  return {
    tables: [],
    passes: sqlFragment`(${rows(most)}) c where ${every([gate, hasListEntry, meetsAll(cheap)])}`,
    hits: (passing) => sqlFragment`${passing} c where ${meetsAll(dear)}`,
  }
}

/**
 * `both`: the first rows that are in `joined`. They are tested by all conditions. They are a table of their own, without an order: to avoid
 * a sort, the planner would read all of `joined` for each row.
 */
function joinedRows(query: ListQuery, { bare, gate }: ScanBranch, { i, most }: At): Rows {
  const both = sqlFragment`select key, id from (${bare(most)}) c join joined using (id) where ${gate}`
  return {
    tables: [materializedTable(`both${i}`, both)],
    passes: rawFragment(`both${i}`),
    hits: (passing) =>
      sqlFragment`(${withCarriedColumns(query, sqlFragment`table ${passing}`)}) c where ${isListedAndMeetsAll(conditionsBesideSortColumn(query))}`,
  }
}

const isCheap = ({ reads }: Condition): boolean => reads === 'nothing'
