import { type Fragment, join, raw, sql } from '#db/fragment'
import type { Part } from '../sort.ts'
import { firstIn, type Source } from './condition.ts'
import { inPart, partsOfList } from './part.ts'
import {
  idsToCome,
  idTests,
  isAfter,
  type ListQuery,
  otherConditions,
  ownTests,
  partAt,
  withCarried,
} from './query.ts'
import { carried, column, columns, countOf, every, whole } from './sql.ts'

/** One part of a scan: a bounded number of rows in the order of the list; none when the gate is false. */
export type Leg = {
  /** The ending of its tables' names; '' when there is no other leg. */
  readonly name: string
  readonly part: number
  readonly rows: Fragment
  readonly order: Fragment
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
      order: orderIn(query, 'all'),
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

/** Legs along the indexes of the sort. The second part is scanned when the first does not fill the page. */
function partLegs(query: ListQuery, most: number): Unnamed[] {
  const rest = sql`${whole(most)} - ${countOf('scanned0')}`
  const gates = [sql`true`, sql`${countOf('hit0')} <= ${whole(query.limit)}`]
  return partRows(query, whole(most), rest).map((rows, i) => ({
    ...rows,
    gate: gates[i] ?? sql`true`,
  }))
}

/** At most `most` rows of the part where the list goes on, and `rest` rows of the part behind it if there is one. */
export function partRows(
  query: ListQuery,
  most: Fragment,
  rest: Fragment,
): Omit<Unnamed, 'gate'>[] {
  const here = partAt(query)
  return partsOfList(query.sort, query.conditions.scope).flatMap((part, i) => {
    if (i < here) return []
    const after = i === here ? query.after : null
    const rows = rowsOfPart({ ...query, after }, part, i === here ? most : rest)
    return { part: i, rows, order: orderIn(query, part) }
  })
}

/** The order of a part by (key, id): the key of those without a value is the same, and the planner may not know it. */
const orderIn = ({ sort: { direction } }: ListQuery, part: Part): Fragment =>
  raw(part === 'none' ? `id ${direction}` : `key ${direction}, id ${direction}`)

function rowsOfPart(query: ListQuery, part: Part, most: Fragment): Fragment {
  const { sort, after } = query
  const key = sort.apart && part === 'none' ? raw(`null::${sort.type}`) : column(sort.column)
  const rows = firstIn(query.conditions.scope, {
    ...(sort.carried && { from: 'list_entry' }),
    select: sql`${sort.carried ? columns(carried) : column('id')}, ${key} as key`,
    where: every([
      ...(sort.apart ? inPart(part) : valueTests(query, part)),
      ...ownTests(query, part, after !== null),
      ...idTests(query, part),
      isAfter(query, column(sort.column), column('id')),
    ]),
    order: orderIn(query, part),
    most,
  })
  return sort.carried ? rows : withCarried(query, rows)
}

/** A row after a position has a value. A second test of that would make the index start at its beginning. */
function valueTests({ sort, after }: ListQuery, part: Part): Fragment[] {
  if (part === 'none') return [sql`${column(sort.column)} = ${sort.empty}`]
  return part === 'some' && after === null ? [sql`${column(sort.column)} > ${sort.empty}`] : []
}
