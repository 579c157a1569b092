import { type Fragment, raw, sql } from '#db/fragment'
import { allHold, type Source } from './condition.ts'
import { waysOf } from './leg.ts'
import {
  hasTwoParts,
  idsToCome,
  isAfter,
  type ListQuery,
  otherConditions,
  withCarried,
} from './query.ts'
import { column, countOf, table, unionOf, whole } from './sql.ts'

const MOST_SETS = 3

/** The conditions that are worth asking whether they hold for few. */
export function setsOf(query: ListQuery): Source[] {
  if (query.after?.[2]) return []
  const ways = waysOf(query)
  const sources = otherConditions(query).flatMap(({ source }) => source ?? [])
  return sources.filter((source) => !ways.includes(source)).slice(0, MOST_SETS)
}

/**
 * `set0`…: each only when the first rows of the walk are not enough, and those before hold for too many. `drawn`: the rows of the first
 * that holds for few. `found`: those that fit. `settled`: whether they are the page.
 */
export function setTables(query: ListQuery, sets: readonly Source[]): Fragment[] {
  const most = mostOf(query, sets)
  const isFew = (i: number) => sql`${countOf(`set${i}`)} <= ${whole(most)}`
  const request = { direction: query.sort.direction, within: idsToCome(query), most: most + 1 }
  const tables = sets.map(({ rows }, i) => {
    const gate = i === 0 ? sql`(select not enough from nearby)` : sql`not ${isFew(i - 1)}`
    return table(`set${i}`, sql`select * from (${rows(request)}) x where ${gate}`)
  })
  const drawn = sets.map(({ carries }, i) => {
    const name = raw(`set${i}`)
    return carries
      ? sql`select * from ${name} where ${isFew(i)}`
      : withCarried(query, sql`select distinct id from ${name} where ${isFew(i)}`)
  })
  const settled = sql`select not (select enough from nearby) and ${isFew(sets.length - 1)} as found`
  return [
    ...tables,
    table('drawn', unionOf(drawn)),
    table('found', firstOf(query, judged(query, sql`table drawn`))),
    table('settled', settled),
  ]
}

/** The rows of a handful of ids. */
export const sureTable = (query: ListQuery, ids: Fragment): Fragment =>
  table('found', firstOf(query, judged(query, withCarried(query, ids))))

/** A set without what the indexes carry costs as much again to look it up. */
function mostOf({ bounds }: ListQuery, sets: readonly Source[]): number {
  const shares = sets.length + (sets.every(({ carries }) => carries) ? 0 : 1)
  return Math.floor(bounds.sets / shares)
}

/** Those rows that fit and are still to come, as (part, key, id). */
function judged(query: ListQuery, rows: Fragment): Fragment {
  const { sort, conditions, after } = query
  const { tenant } = conditions.scope
  const key = sort.carried ? column(sort.column, 'c') : sql`k.key`
  const keys = sort.carried
    ? sql``
    : sql`cross join lateral (select ${column(sort.column)} as key from customer
        where ${column('tenant')} = ${tenant} and ${column('id')} = c.id offset 0) k`
  const fits = allHold(conditions.all)
  const part = hasTwoParts(query) ? sql`case when ${key} = ${sort.empty} then 1 else 0 end` : sql`0`
  const isHere = isAfter(query, key, sql`c.id`)
  if (after === null)
    return sql`select ${part} as part, ${key} as key, c.id from (${rows}) c ${keys} where ${fits}`
  const here = whole(hasTwoParts(query) && after[0] === sort.empty ? 1 : 0)
  const toCome = sql`(${part} > ${here} or ${part} = ${here} and ${isHere})`
  return sql`select ${part} as part, ${key} as key, c.id from (${rows}) c ${keys} where ${fits} and ${toCome}`
}

const firstOf = ({ sort, limit }: ListQuery, rows: Fragment): Fragment =>
  sql`select * from (${rows}) r order by part, key ${raw(sort.direction)}, id ${raw(sort.direction)} limit ${whole(limit + 1)}`
