import { type SQL, sql } from 'drizzle-orm'
import { allHold } from './condition.ts'
import { legsOf, partRows, pickWay, waysOf } from './leg.ts'
import { hasTwoParts, inOrder, type ListQuery, otherConditions } from './query.ts'
import { countOf, table, unionOf, whole } from './sql.ts'

/**
 * `walked`: rows in the order of the list, judged (`fits`), and worked out no further than they are read. `hit`: those that fit,
 * one more than the page holds when there are as many. `walk`: whether it was `cut` before the page was full or the end reached.
 */
export function walkTables(query: ListQuery, most: number): SQL[] {
  const ways = waysOf(query)
  const legs = legsOf(query, most)
  const others = otherConditions(query)
  const fits = others.length === 0 ? sql`true` : allHold(others)
  const order = orderOf(query)
  const tables = legs.flatMap(({ name, part, rows, gate }) => [
    table(
      `walked${name}`,
      sql`select ${whole(part)} as part, key, id, ${fits} as fits from (${rows}) c where ${gate} order by ${order}`,
    ),
    table(`hit${name}`, firstFitting(query, sql.raw(`walked${name}`), order)),
  ])
  const all = (table: string) =>
    unionOf(legs.map(({ name }) => sql`select * from ${sql.raw(table + name)}`))
  const together =
    legs.length === 1 ? [] : [table('hit', all('hit')), table('walked', all('walked'))]
  const cut = sql`select ${isNotFull(query, 'hit')} and ${countOf('walked')} >= ${whole(most)} as cut`
  const picked = ways.length > 1 ? [table('picked', pickWay(query, ways))] : []
  return [...picked, ...tables, ...together, table('walk', cut)]
}

/** The rows of a page when there is nothing to judge; enough of them to know whether there are more. */
export function plainRows(query: ListQuery): SQL {
  const most = whole(query.limit + 1)
  return unionOf(
    partRows(query, most, most).map(
      ({ part, rows }) => sql`select ${whole(part)} as part, key, id from (${rows}) c`,
    ),
  )
}

/** The first of these tells what the others are worth. */
const PARTS = 5

/**
 * `near`: those that fit among the first rows of the walk; `nearby`: whether they are `enough`: a page, or all there are. How many
 * rows those are a `glance` at the first fifth says: when too few of it fit, the rest would not fill the page either.
 */
export function nearTables(query: ListQuery): SQL[] {
  const { near } = query.bounds
  const legs = legsOf(query, query.bounds.walk).filter(({ isFirst }) => isFirst)
  const first = (name: string, most: SQL) =>
    sql`(select * from ${sql.raw(`walked${name}`)} order by ${orderOf(query)} limit ${most})`
  const most = sql`(select most from glance)`
  const glances = legs.map(({ name }) => first(name, whole(Math.ceil(near / PARTS))))
  const glance = sql`select case when count(*) * ${whole(PARTS)} > ${whole(query.limit)} then ${whole(near)}
    else ${whole(Math.ceil(near / PARTS))} end as most from (${unionOf(glances)}) g where fits`
  // Rows of one leg come in order: they are read until the page is full, and not one more.
  const order = legs.length === 1 ? orderOf(query) : inOrder(query.sort)
  const rows = unionOf(legs.map(({ name }) => first(name, most)))
  const isEnd = hasTwoParts(query) ? sql`false` : sql`${countOf('near_row')} < ${most}`
  const enough = sql`select not ${isNotFull(query, 'near')} or ${isEnd} as enough`
  return [
    table('glance', glance),
    table('near_row', rows),
    table('near', firstFitting(query, sql`near_row`, order)),
    table('nearby', enough),
  ]
}

const firstFitting = ({ limit }: ListQuery, rows: SQL, order: SQL): SQL =>
  sql`select part, key, id from ${rows} where fits order by ${order} limit ${whole(limit + 1)}`

const isNotFull = ({ limit }: ListQuery, name: string): SQL =>
  sql`(${countOf(name)} <= ${whole(limit)})`

const orderOf = ({ sort }: ListQuery): SQL => sql.raw(`key ${sort.direction}, id ${sort.direction}`)
