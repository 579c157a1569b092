import { type Fragment, raw, sql } from '#db/fragment'
import type { SortKey } from '../sort.ts'
import { allHold, type Source } from './condition.ts'
import { mostDrawn } from './cost.ts'
import { waysOf } from './leg.ts'
import { partsOfList } from './part.ts'
import {
  idsToCome,
  isAfter,
  type ListQuery,
  otherConditions,
  partAt,
  withCarried,
} from './query.ts'
import { column, countOf, table, unionOf, whole } from './sql.ts'
import { stepOf } from './step.ts'

const MOST_SETS = 3

/** The sources of conditions that few customers may meet. */
export function setsOf(query: ListQuery): Source[] {
  const ways = waysOf(query)
  const sources = otherConditions(query).flatMap(({ source }) => source ?? [])
  return sources.filter((source) => !ways.includes(source)).slice(0, MOST_SETS)
}

/**
 * The step that takes the first condition that few customers meet, tests all of those, and sorts them. `set0`…: the customers that meet one
 * condition; read only when every set before is too large. `drawn`: the rows of the first set that is small.
 * @param cost of the rows of all sets together.
 */
export function setStep(query: ListQuery, sets: readonly Source[], cost: number): Fragment {
  const most = sets.map((source) => mostDrawn(query, source, cost / sets.length))
  const isFew = (i: number) => sql`${countOf(`set${i}`)} <= ${whole(most[i] ?? 0)}`
  const request = { direction: query.sort.direction, within: idsToCome(query) }
  const tables = sets.map(({ rows }, i) => {
    const gate = i === 0 ? sql`true` : sql`not ${isFew(i - 1)}`
    const found = rows({ ...request, most: (most[i] ?? 0) + 1 })
    return table(`set${i}`, sql`select * from (${found}) x where ${gate}`)
  })
  const drawn = sets.map(({ carries }, i) => {
    const name = raw(`set${i}`)
    return carries
      ? sql`select * from ${name} where ${isFew(i)}`
      : withCarried(query, sql`select distinct id from ${name} where ${isFew(i)}`)
  })
  const page = firstOf(query, fitting(query, sql`table drawn`))
  return stepOf(query, {
    tables: [...tables, table('drawn', unionOf(drawn)), table('page', page)],
    when: isFew(sets.length - 1),
  })
}

/** The step that takes a few ids which include every match. */
export const sureStep = (query: ListQuery, ids: Fragment): Fragment =>
  stepOf(query, {
    tables: [table('page', firstOf(query, fitting(query, withCarried(query, ids))))],
  })

/**
 * The rows that fit and are still to come, as (part, key, id).
 * @param more other columns of those rows, each behind a comma.
 */
export function fitting(query: ListQuery, rows: Fragment, more = sql``): Fragment {
  const { sort, conditions, after } = query
  const { tenant } = conditions.scope
  const key = sort.carried ? keyOf(sort) : sql`k.key`
  const keys = sort.carried
    ? sql``
    : sql`cross join lateral (select ${column(sort.column)} as key from customer
        where ${column('tenant')} = ${tenant} and ${column('id')} = c.id offset 0) k`
  const fits = allHold(conditions.all)
  const parts = partsOfList(sort, conditions.scope)
  const part =
    parts.length === 1
      ? sql`0`
      : sql`case when ${sort.apart ? sql`${key} is null` : sql`${key} = ${sort.empty}`} then ${whole(parts.indexOf('none'))} else ${whole(parts.indexOf('some'))} end`
  const isHere = isAfter(query, key, sql`c.id`)
  if (after === null)
    return sql`select ${part} as part, ${key} as key, c.id${more} from (${rows}) c ${keys} where ${fits}`
  const here = whole(partAt(query))
  const toCome = sql`(${part} > ${here} or ${part} = ${here} and ${isHere})`
  return sql`select ${part} as part, ${key} as key, c.id${more} from (${rows}) c ${keys} where ${fits} and ${toCome}`
}

/** The key of an entry `c`. */
const keyOf = ({ column: name, apart }: SortKey): Fragment =>
  apart
    ? sql`case when ${column('orderCount', 'c')} > 0 then ${column(name, 'c')} end`
    : column(name, 'c')

/** The first rows of a page, in its order. */
export const firstOf = ({ sort, limit }: ListQuery, rows: Fragment): Fragment =>
  sql`select * from (${rows}) r order by part, key ${raw(sort.direction)}, id ${raw(sort.direction)} limit ${whole(limit + 1)}`
