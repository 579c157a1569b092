import { type Fragment, raw, sql } from '#db/fragment'
import { allHold } from './condition.ts'
import { mostScanned } from './cost.ts'
import { legsOf, partRows, pickWay, waysOf } from './leg.ts'
import { type ListQuery, otherConditions } from './query.ts'
import { countOf, table, unionOf, whole } from './sql.ts'

/**
 * `scanned`: rows in the order of the list, with the result of their test (`fits`), computed only as far as they are read. `hit`:
 * the rows that fit, at most one more than the page has. `scan`: whether it was `cut` before the page was full or the end reached.
 */
export function scanTables(query: ListQuery, cost: number): Fragment[] {
  const ways = waysOf(query)
  const most = mostScanned(query, cost, ways)
  const legs = legsOf(query, most)
  const others = otherConditions(query)
  const fits = others.length === 0 ? sql`true` : allHold(others)
  const tables = legs.flatMap(({ name, part, rows, order, gate }) => [
    table(
      `scanned${name}`,
      sql`select ${whole(part)} as part, key, id, ${fits} as fits from (${rows}) c where ${gate} order by ${order}`,
    ),
    table(`hit${name}`, firstFitting(query, raw(`scanned${name}`), order)),
  ])
  const all = (table: string) =>
    unionOf(legs.map(({ name }) => sql`select * from ${raw(table + name)}`))
  const together =
    legs.length === 1 ? [] : [table('hit', all('hit')), table('scanned', all('scanned'))]
  const cut = sql`select ${isNotFull(query, 'hit')} and ${countOf('scanned')} >= ${whole(most)} as cut`
  const picked = ways.length > 1 ? [table('picked', pickWay(query, ways))] : []
  return [...picked, ...tables, ...together, table('scan', cut)]
}

/** The rows of a page without other conditions, and one more to know whether the list goes on. */
export function plainRows(query: ListQuery): Fragment {
  const most = whole(query.limit + 1)
  return unionOf(
    partRows(query, most, most).map(
      ({ part, rows }) => sql`select ${whole(part)} as part, key, id from (${rows}) c`,
    ),
  )
}

/** The first of these parts predicts what the others are worth. */
const PARTS = 5

/**
 * `nearby`: whether the first rows of the scan are `enough`: they fill the page, or they are all rows. `glance`: the number of those
 * first rows. If too few rows of the first fifth fit, the others would not fill the page either, and are not read.
 */
export function nearTables(query: ListQuery): Fragment[] {
  const { near } = query.bounds
  const all = legsOf(query, query.bounds.scan)
  const legs = all.filter(({ isFirst }) => isFirst)
  const first = (most: Fragment) =>
    unionOf(
      legs.map(
        ({ name, order }) =>
          sql`(select * from ${raw(`scanned${name}`)} order by ${order} limit ${most})`,
      ),
    )
  const part = whole(Math.ceil(near / PARTS))
  const most = sql`(select most from glance)`
  const glance = sql`select case when count(*) * ${whole(PARTS)} > ${whole(query.limit)} then ${whole(near)}
    else ${part} end as most from (${first(part)}) g where fits`
  const fitting = sql`(select count(*) from (select from near where fits limit ${whole(query.limit + 1)}) n)`
  const isEnd = legs.length < all.length ? sql`false` : sql`${countOf('near')} < ${most}`
  const enough = sql`select ${fitting} > ${whole(query.limit)} or ${isEnd} as enough`
  return [table('glance', glance), table('near', first(most)), table('nearby', enough)]
}

const firstFitting = ({ limit }: ListQuery, rows: Fragment, order: Fragment): Fragment =>
  sql`select part, key, id from ${rows} where fits order by ${order} limit ${whole(limit + 1)}`

const isNotFull = ({ limit }: ListQuery, name: string): Fragment =>
  sql`(${countOf(name)} <= ${whole(limit)})`
