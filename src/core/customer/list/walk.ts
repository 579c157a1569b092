import { type Fragment, raw, sql } from '#db/fragment'
import { allHold } from './condition.ts'
import { legsOf, partRows, pickWay, waysOf } from './leg.ts'
import { hasTwoParts, type ListQuery, otherConditions } from './query.ts'
import { countOf, table, unionOf, whole } from './sql.ts'

/**
 * `walked`: rows in the order of the list, judged (`fits`), and worked out no further than they are read. `hit`: those that fit,
 * one more than the page holds when there are as many. `walk`: whether it was `cut` before the page was full or the end reached.
 */
export function walkTables(query: ListQuery, most: number): Fragment[] {
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
    table(`hit${name}`, firstFitting(query, raw(`walked${name}`), order)),
  ])
  const all = (table: string) =>
    unionOf(legs.map(({ name }) => sql`select * from ${raw(table + name)}`))
  const together =
    legs.length === 1 ? [] : [table('hit', all('hit')), table('walked', all('walked'))]
  const cut = sql`select ${isNotFull(query, 'hit')} and ${countOf('walked')} >= ${whole(most)} as cut`
  const picked = ways.length > 1 ? [table('picked', pickWay(query, ways))] : []
  return [...picked, ...tables, ...together, table('walk', cut)]
}

/** The rows of a page when there is nothing to judge; enough of them to know whether there are more. */
export function plainRows(query: ListQuery): Fragment {
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
 * `nearby`: whether the first rows of the walk are `enough`: they fill the page, or are all there are. How many rows those are a
 * `glance` at the first fifth says: when too few of it fit, the rest would not fill the page either.
 */
export function nearTables(query: ListQuery): Fragment[] {
  const { near } = query.bounds
  const legs = legsOf(query, query.bounds.walk).filter(({ isFirst }) => isFirst)
  const first = (most: Fragment) =>
    unionOf(
      legs.map(
        ({ name }) =>
          sql`(select * from ${raw(`walked${name}`)} order by ${orderOf(query)} limit ${most})`,
      ),
    )
  const part = whole(Math.ceil(near / PARTS))
  const most = sql`(select most from glance)`
  const glance = sql`select case when count(*) * ${whole(PARTS)} > ${whole(query.limit)} then ${whole(near)}
    else ${part} end as most from (${first(part)}) g where fits`
  const fitting = sql`(select count(*) from (select from near where fits limit ${whole(query.limit + 1)}) n)`
  const isEnd = hasTwoParts(query) ? sql`false` : sql`${countOf('near')} < ${most}`
  const enough = sql`select ${fitting} > ${whole(query.limit)} or ${isEnd} as enough`
  return [table('glance', glance), table('near', first(most)), table('nearby', enough)]
}

const firstFitting = ({ limit }: ListQuery, rows: Fragment, order: Fragment): Fragment =>
  sql`select part, key, id from ${rows} where fits order by ${order} limit ${whole(limit + 1)}`

const isNotFull = ({ limit }: ListQuery, name: string): Fragment =>
  sql`(${countOf(name)} <= ${whole(limit)})`

const orderOf = ({ sort }: ListQuery): Fragment =>
  raw(`key ${sort.direction}, id ${sort.direction}`)
