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
import { carried, column, columns, every, whole } from './sql.ts'

/** One part of a scan: rows in the order of the list; none when the gate is false. */
export type Leg = {
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
export function legsOf(query: ListQuery): Leg[] {
  const ways = waysOf(query)
  return ways.length > 0 ? wayLegs(query, ways) : partLegs(query)
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
function wayLegs(query: ListQuery, ways: readonly Source[]): Leg[] {
  const request = { direction: query.sort.direction, within: idsToCome(query) }
  const order = orderIn(query, 'all')
  return ways.map(({ rows, carries }, i) => ({
    part: 0,
    order,
    rows: (most) => {
      const found = rows({ ...request, most })
      return sql`select *, id as key from (${carries ? found : withCarried(query, found)}) w`
    },
    bare: (most) => sql`select id as key, id from (${rows({ ...request, most })}) w`,
    gate: ways.length > 1 ? sql`(select way from picked) = ${whole(i)}` : sql`true`,
  }))
}

/** The way whose first rows lead furthest, or to the end. */
export function pickWay(query: ListQuery, ways: readonly Source[]): Fragment {
  const { sort, bounds } = query
  const request = { direction: sort.direction, within: idsToCome(query), most: bounds.probe }
  const probes = ways.map(
    ({ rows }, i) =>
      sql`(${whole(i)}, (select id from (${rows(request)}) p offset ${whole(bounds.probe - 1)}))`,
  )
  const furthest = raw(sort.direction === 'asc' ? 'desc' : 'asc')
  return sql`select way from (values ${join(probes, ', ')}) v(way, id)
    order by id is not null, id ${furthest}, way limit 1`
}

/** The parts from the one where the list goes on. */
function partLegs(query: ListQuery): Leg[] {
  const first = partAt(query)
  return partsOfList(query.sort, query.conditions.scope).flatMap((part, i) => {
    if (i < first) return []
    const after = i === first ? query.after : null
    const rows = (most: number) => rowsOfPart({ ...query, after }, part, most)
    return {
      part: i,
      rows: (most) => (query.sort.carried ? rows(most) : withCarried(query, rows(most))),
      bare: (most) => sql`select key, id from (${rows(most)}) b`,
      order: orderIn(query, part),
      gate: sql`true`,
    }
  })
}

/** The order of a part by (key, id): the key of those without a value is the same, and the planner may not know it. */
const orderIn = ({ sort: { direction } }: ListQuery, part: Part): Fragment =>
  raw(part === 'none' ? `id ${direction}` : `key ${direction}, id ${direction}`)

function rowsOfPart(query: ListQuery, part: Part, most: number): Fragment {
  const { sort, after } = query
  const key = sort.apart && part === 'none' ? raw(`null::${sort.type}`) : column(sort.column)
  return firstIn(query.conditions.scope, {
    ...(sort.carried && { from: 'list_entry' }),
    select: sql`${sort.carried ? columns(carried) : column('id')}, ${key} as key`,
    where: every([
      ...(sort.apart ? inPart(part) : valueTests(query, part)),
      ...ownTests(query, part, after !== null),
      ...idTests(query, part),
      isAfter(query, column(sort.column), column('id')),
    ]),
    order: orderIn(query, part),
    most: whole(most),
  })
}

/** A row after a position has a value. A second test of that would make the index start at its beginning. */
function valueTests({ sort, after }: ListQuery, part: Part): Fragment[] {
  if (part === 'none') return [sql`${column(sort.column)} = ${sort.empty}`]
  return part === 'some' && after === null ? [sql`${column(sort.column)} > ${sort.empty}`] : []
}
