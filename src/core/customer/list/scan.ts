import { type Fragment, raw, sql } from '#db/fragment'
import { allHold } from './condition.ts'
import { mostScanned, readsOnlyEntries } from './cost.ts'
import { type Leg, legsOf, partRows, pickWay, waysOf } from './leg.ts'
import { inOrder, type ListQuery, otherConditions } from './query.ts'
import { countOf, table, unionOf, whole } from './sql.ts'
import { cutAt, stepOf } from './step.ts'

/** The first rows of a scan predict what the others are worth, where a row needs look-ups: one part of so many. */
const PARTS = 5

/**
 * The first step: a few rows in the order of the list. They are the page if enough of them fit, or if there are no others. If too few of the
 * first fifth fit, and the others need look-ups, those are not read.
 */
export function nearStep(query: ListQuery): Fragment {
  const { near } = query.bounds
  const all = legsOf(query, near)
  const legs = all.filter(({ isFirst }) => isFirst)
  const first = (most: Fragment) =>
    unionOf(
      legs.map(
        ({ name, order }) =>
          sql`(select * from ${raw(`scanned${name}`)} order by ${order} limit ${most})`,
      ),
    )
  const isCheap = readsOnlyEntries(query)
  const glance = sql`select case when count(*) * ${whole(PARTS)} > ${whole(query.limit)} then ${whole(near)}
    else ${whole(Math.ceil(near / PARTS))} end as most from (${first(whole(Math.ceil(near / PARTS)))}) g where fits`
  const most = isCheap ? whole(near) : sql`(select most from glance)`
  const isEnd = legs.length < all.length ? sql`false` : sql`${countOf('near')} < ${most}`
  const page = sql`select part, key, id from near where fits order by ${inOrder(query.sort)} limit ${whole(query.limit + 1)}`
  return stepOf(query, {
    tables: [
      ...pickedTable(query),
      ...legs.map((leg) => scannedTable(query, leg)),
      ...(isCheap ? [] : [table('glance', glance)]),
      table('near', first(most)),
      table('page', page),
    ],
    when: sql`${countOf('page')} > ${whole(query.limit)} or ${isEnd}`,
  })
}

/**
 * A scan in the order of the list, up to a cost; the next page begins after the last row that was read. `scanned`: rows with the result of
 * their test (`fits`), computed only as far as they are read. `hit`: the rows that fit.
 * @param isLast whether it is the page although nobody was found.
 */
export function walkStep(query: ListQuery, cost: number, isLast: boolean): Fragment {
  const most = mostScanned(query, cost, waysOf(query))
  const legs = legsOf(query, most)
  const all = (name: string) =>
    unionOf(legs.map((leg) => sql`select * from ${raw(name + leg.name)}`))
  const together =
    legs.length === 1 ? [] : [table('hit', all('hit')), table('scanned', all('scanned'))]
  const cut = sql`select ${countOf('hit')} <= ${whole(query.limit)} and ${countOf('scanned')} >= ${whole(most)} as cut`
  const isCut = sql`(select cut from scan)`
  const last = sql`from scanned order by ${inOrder(query.sort, { reversed: true })} limit 1`
  return stepOf(query, {
    tables: [
      ...pickedTable(query),
      ...legs.flatMap((leg) => [scannedTable(query, leg), hitTable(query, leg)]),
      ...together,
      table('scan', cut),
      table('page', sql`table hit`),
    ],
    otherwise: sql`when ${isCut} then ${cutAt(query, last)}`,
    isFound: isLast ? sql`true` : sql`not ${isCut} or exists (select from page)`,
  })
}

function pickedTable(query: ListQuery): Fragment[] {
  const ways = waysOf(query)
  return ways.length > 1 ? [table('picked', pickWay(query, ways))] : []
}

function scannedTable(query: ListQuery, { name, part, rows, order, gate }: Leg): Fragment {
  const fits = allHold(otherConditions(query))
  return table(
    `scanned${name}`,
    sql`select ${whole(part)} as part, key, id, ${fits} as fits from (${rows}) c where ${gate} order by ${order}`,
  )
}

const hitTable = ({ limit }: ListQuery, { name, order }: Leg): Fragment =>
  table(
    `hit${name}`,
    sql`select part, key, id from ${raw(`scanned${name}`)} where fits order by ${order} limit ${whole(limit + 1)}`,
  )

/** The page of a list without other conditions. */
export function plainStep(query: ListQuery): Fragment {
  const most = whole(query.limit + 1)
  const parts = partRows(query, most, most).map(
    ({ part, rows }) => sql`select ${whole(part)} as part, key, id from (${rows}) c`,
  )
  return stepOf(query, { tables: [table('page', unionOf(parts))] })
}
