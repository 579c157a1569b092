import { type Fragment, join, raw, sql } from '#db/fragment'
import { firstIn, type Source } from './condition.ts'
import {
  hasTwoParts,
  idsToCome,
  isAfter,
  type ListQuery,
  otherConditions,
  ownTests,
  withCarried,
} from './query.ts'
import { carried, column, columns, countOf, every, whole } from './sql.ts'

/** One part of a scan: a bounded number of rows in the order of the list; none when the gate is false. */
type Leg = {
  /** The ending of its tables' names; '' when there is no other leg. */
  readonly name: string
  readonly part: 0 | 1
  readonly rows: Fragment
  readonly gate: Fragment
  /** Whether its rows come first in the list. */
  readonly isFirst: boolean
}

type Unnamed = Omit<Leg, 'name' | 'isFirst'>

/** The legs of a list's scan. */
export function legsOf(query: ListQuery, most: number): Leg[] {
  const ways = waysOf(query)
  const legs = ways.length > 0 ? wayLegs(query, ways, most) : partLegs(query, most)
  return legs.map((leg, i) => ({
    ...leg,
    name: legs.length === 1 ? '' : String(i),
    isFirst: i === 0 || ways.length > 0,
  }))
}

/**
 * The sources whose indexes have the order of the list, which is so for a list sorted by the id. A scan of such an index skips the
 * customers that do not meet its condition.
 */
export const waysOf = (query: ListQuery): Source[] =>
  query.sort.column !== 'id'
    ? []
    : otherConditions(query).flatMap(({ source }) => (source?.order === 'id' ? source : []))

/** One leg for each way. Only the leg of the best way, which is in `picked`, is scanned. */
function wayLegs(query: ListQuery, ways: readonly Source[], most: number): Unnamed[] {
  const request = { direction: query.sort.direction, within: idsToCome(query) }
  return ways.map(({ rows, carries }, i) => {
    const found = rows({ ...request, most })
    return {
      part: 0,
      rows: sql`select *, id as key from (${carries ? found : withCarried(query, found)}) w`,
      gate: ways.length > 1 ? sql`(select way from picked) = ${whole(i)}` : sql`true`,
    }
  })
}

/** The way whose first rows lead furthest, or to the end. */
export function pickWay(query: ListQuery, ways: readonly Source[]): Fragment {
  const { sort, bounds } = query
  const { direction } = sort
  const request = { direction, within: idsToCome(query), most: bounds.probe }
  const probes = ways.map(
    ({ rows }, i) =>
      sql`(${whole(i)}, (select id from (${rows(request)}) p offset ${whole(bounds.probe - 1)}))`,
  )
  const furthest = raw(direction === 'asc' ? 'desc' : 'asc')
  return sql`select way from (values ${join(probes, ', ')}) v(way, id)
    order by id is not null, id ${furthest}, way limit 1`
}

/** Legs along the index of the sort. The second part is scanned when the first does not fill the page. */
function partLegs(query: ListQuery, most: number): Unnamed[] {
  const rest = sql`${whole(most)} - ${countOf('scanned0')}`
  const gates = [sql`true`, sql`${countOf('hit0')} <= ${whole(query.limit)}`]
  return partRows(query, whole(most), rest).map((rows, i) => ({
    ...rows,
    gate: gates[i] ?? sql`true`,
  }))
}

/** At most `most` rows of the first part, and `rest` rows of the second if there is one. */
export function partRows(
  query: ListQuery,
  most: Fragment,
  rest: Fragment,
): Omit<Unnamed, 'gate'>[] {
  const { sort, after } = query
  const sorted = column(sort.column)
  const isHere = isAfter(query, sorted, column('id'))
  if (!hasTwoParts(query)) return [{ part: 0, rows: inOrder(query, [isHere], most) }]
  const none = sql`${sorted} = ${sort.empty}`
  if (after !== null && after[0] === sort.empty) {
    return [{ part: 1, rows: inOrder(query, [none, sql`${column('id')} > ${after[1]}`], most) }]
  }
  // A row after a position has a value. A second test of that would make the index start at its beginning.
  const some = after === null ? sql`${sorted} > ${sort.empty}` : isHere
  return [
    { part: 0, rows: inOrder(query, [some], most) },
    { part: 1, rows: inOrder(query, [none], rest) },
  ]
}

function inOrder(query: ListQuery, tests: readonly Fragment[], most: Fragment): Fragment {
  const { column: name, carried: isCarried, direction } = query.sort
  const way = raw(direction)
  const key = sql`${column(name)} as key`
  const rows = firstIn(query.conditions.scope, {
    ...(isCarried && { from: 'list_entry' }),
    select: isCarried ? sql`${columns(carried)}, ${key}` : sql`${column('id')}, ${key}`,
    where: every([...ownTests(query), ...tests]),
    order: sql`key ${way}, ${column('id')} ${way}`,
    most,
  })
  return isCarried ? rows : withCarried(query, rows)
}
