import { type Fragment, joinFragments, rawFragment, sqlFragment } from '#db/fragment'
import type { ListPart } from '../sort.ts'
import { firstRowsOfScope, type IdSource } from './condition.ts'
import {
  conditionsBesideSortColumn,
  idAfterPositionTest,
  idRangeTests,
  isAfter,
  type ListQuery,
  partIndexOfPosition,
  sortColumnTests,
  withCarriedColumns,
} from './list-query.ts'
import { inPart, listPartsThatMayMatch } from './part-by-order-count.ts'
import { carriedColumns, columnFragment, columnFragments, every, literalNumber } from './sql.ts'

/** One index scan in the order of the list. It has no rows if `gate` is false. */
export type ScanBranch = {
  /** The number of the part in the order of the list; ways have the same one. */
  readonly part: number
  /** The first rows: (key, id) and the carried columns. */
  readonly rows: (most: number) => Fragment
  /** The same with (key, id) only, which takes no look-ups. */
  readonly bare: (most: number) => Fragment
  readonly order: Fragment
  readonly gate: Fragment
}

/** The legs of a list's scan: the ways, of which one is taken, or the parts one after the other. */
export function scanBranchesOf(query: ListQuery): ScanBranch[] {
  const ways = orderedSourcesOf(query)
  return ways.length > 0 ? wayLegs(query, ways) : partLegs(query)
}

/**
 * The sources whose indexes have the order of the list, which is so for a list sorted by the id. A scan of such an index skips the
 * customers that do not meet its condition.
 */
export const orderedSourcesOf = (query: ListQuery): IdSource[] =>
  query.sort.column !== 'id'
    ? []
    : conditionsBesideSortColumn(query).flatMap(({ source }) =>
        source?.order === 'id' ? source : [],
      )

/** One leg for each way. Only the leg of the best way, which is in `picked`, is scanned. */
function wayLegs(query: ListQuery, ways: readonly IdSource[]): ScanBranch[] {
  const request = { direction: query.sort.direction, within: idAfterPositionTest(query) }
  const order = orderIn(query, 'all')
  return ways.map(({ rows, carries }, i) => ({
    part: 0,
    order,
    rows: (most) => {
      const found = rows({ ...request, most })
      return sqlFragment`select *, id as key from (${carries ? found : withCarriedColumns(query, found)}) w`
    },
    bare: (most) => sqlFragment`select id as key, id from (${rows({ ...request, most })}) w`,
    gate:
      ways.length > 1
        ? sqlFragment`(select way from picked) = ${literalNumber(i)}`
        : sqlFragment`true`,
  }))
}

/** Picks the source whose first rows reach the end, or the furthest id. */
export function pickOrderedSource(query: ListQuery, ways: readonly IdSource[]): Fragment {
  const { sort, bounds } = query
  const request = {
    direction: sort.direction,
    within: idAfterPositionTest(query),
    most: bounds.probe,
  }
  const probes = ways.map(
    ({ rows }, i) =>
      sqlFragment`(${literalNumber(i)}, (select id from (${rows(request)}) p offset ${literalNumber(bounds.probe - 1)}))`,
  )
  const furthest = rawFragment(sort.direction === 'asc' ? 'desc' : 'asc')
  return sqlFragment`select way from (values ${joinFragments(probes, ', ')}) v(way, id)
    order by id is not null, id ${furthest}, way limit 1`
}

/** The parts from the one where the list goes on. */
function partLegs(query: ListQuery): ScanBranch[] {
  const first = partIndexOfPosition(query)
  return listPartsThatMayMatch(query.sort, query.conditions.scope).flatMap((part, i) => {
    if (i < first) return []
    const after = i === first ? query.after : null
    const rows = (most: number) => rowsOfPart({ ...query, after }, part, most)
    return {
      part: i,
      rows: (most) => (query.sort.carried ? rows(most) : withCarriedColumns(query, rows(most))),
      bare: (most) => sqlFragment`select key, id from (${rows(most)}) b`,
      order: orderIn(query, part),
      gate: sqlFragment`true`,
    }
  })
}

/** The order of a part by (key, id): the key of those without a value is the same, and the planner may not know it. */
const orderIn = ({ sort: { direction } }: ListQuery, part: ListPart): Fragment =>
  rawFragment(part === 'none' ? `id ${direction}` : `key ${direction}, id ${direction}`)

function rowsOfPart(query: ListQuery, part: ListPart, most: number): Fragment {
  const { sort, after } = query
  const key =
    sort.apart && part === 'none' ? rawFragment(`null::${sort.type}`) : columnFragment(sort.column)
  return firstRowsOfScope(query.conditions.scope, {
    ...(sort.carried && { from: 'list_entry' }),
    select: sqlFragment`${sort.carried ? columnFragments(carriedColumns) : columnFragment('id')}, ${key} as key`,
    where: every([
      ...(sort.apart ? inPart(part) : valueTests(query, part)),
      ...sortColumnTests(query, part, after !== null),
      ...idRangeTests(query, part),
      isAfter(query, columnFragment(sort.column), columnFragment('id')),
    ]),
    order: orderIn(query, part),
    most: literalNumber(most),
  })
}

/** A row after a position has a value. A second test of that would make the index start at its beginning. */
function valueTests({ sort, after }: ListQuery, part: ListPart): Fragment[] {
  if (part === 'none') return [sqlFragment`${columnFragment(sort.column)} = ${sort.empty}`]
  return part === 'some' && after === null
    ? [sqlFragment`${columnFragment(sort.column)} > ${sort.empty}`]
    : []
}
