import { type Fragment, join, raw, sql, toSent } from '#db/fragment'
import { type Row, Statement } from '#db/statement'
import { allHold, type Conditions, exactOf, type Source } from './condition.ts'
import { guessCount } from './guess.ts'
import { joinOf } from './join.ts'
import { type Bounds, withCarried } from './query.ts'
import { ALL, carried, columns, countOf, table, unionOf, whole } from './sql.ts'

export type Count = { readonly total: number; readonly totalIsExact: boolean }
export type Counting = 'capped' | 'exact'

type CountBounds = {
  /** The end of a count: readers do not need a larger number, and a larger count costs more. */
  readonly hits: number
  /** A set of so many customers is small: each of them can be looked up. */
  readonly few: number
  /** The rows that a capped count reads of each set. */
  readonly capped: number
}

const COUNT_BOUNDS: CountBounds = { hits: 10_000, few: 2000, capped: 200_000 }

/**
 * Counts the customers who meet all conditions. The members of one group, and those with one key, are counted in its index, without an
 * end. All other counts end at 10,000. If the set of one condition is small, its customers are looked up; else the sets are joined. So no count asks
 * each customer for its groups or words. A capped count reads a bounded number of rows of each set, and what it counts is a lower bound then.
 * `prepareCount` must come before it.
 */
export function countStatement(
  conditions: Conditions,
  counting: Counting,
  bounds = COUNT_BOUNDS,
): Statement<Count, 'read'> {
  const set = onlySet(conditions)
  if (set?.order === 'id' && counting === 'exact') {
    const all = sql`select count(*)::int as found, false as cut from (${idsOf(set, ALL)}) m`
    return new Statement(toSent(all), toCount(ALL))
  }
  const most = counting === 'exact' ? ALL : bounds.capped
  if (set !== null) {
    return new Statement(toSent(countSet(set, most, bounds)), toCount(bounds.hits))
  }
  return new Statement(toSent(count(conditions, most, bounds)), toCount(bounds.hits))
}

/** Counts the customers of a list: those who match, or, if there certainly is none, those whom its search may mean. */
export function listCount(
  conditions: Conditions,
  counting: Counting,
  bounds: Bounds,
  countBounds = COUNT_BOUNDS,
): Statement<Count, 'read'> {
  const { guess } = conditions
  if (guess === null) return countStatement(conditions, counting, countBounds)
  const most = counting === 'exact' ? ALL : countBounds.capped
  const isNone = sql`(select found = 0 and not cut from matching)`
  const { tables, count: guessed, isAll } = guessCount(guess, bounds, isNone)
  const query = sql`with ${join([table('matching', count(conditions, most, countBounds)), ...tables], ', ')}
    select case when ${isNone} then ${guessed} else (select found from matching) end as found,
      (select cut from matching) or not (${isAll}) as cut`
  return new Statement(toSent(query), toCount(countBounds.hits))
}

/** The set of the only condition, if nobody in it need be tested: the members of groups, those who have a key. */
function onlySet({ scope, all }: Conditions): Source | null {
  const [only, ...others] = all
  const source = only === undefined ? null : exactOf(only)
  if (others.length > 0 || !source?.isListed) return null
  return scope.parts.every((isListed) => isListed) ? source : null
}

function countSet(set: Source, most: number, { hits }: CountBounds): Fragment {
  const rows = idsOf(set, most)
  if (most === ALL) {
    return sql`select count(*)::int as found, false as cut
      from (select distinct id from (${rows}) m limit ${whole(hits + 1)}) x`
  }
  const mark = set.marksCut ? sql` or bool_or(id is null)` : sql``
  return sql`with ${table('members', rows)}
    select (select count(*)::int from (select distinct id from members where id is not null limit ${whole(hits + 1)}) x) as found,
      (select count(*) >= ${whole(most)}${mark} from members) as cut`
}

const idsOf = ({ rows }: Source, most: number): Fragment =>
  rows({ most, direction: 'asc', within: () => sql`true` })

/**
 * `set0`…: the first rows of each condition's set. `small`: the number of the first set that is small; -1: none is. `found`: the customers
 * who match, up to one more than are counted.
 */
function count(conditions: Conditions, most: number, { hits, few }: CountBounds): Fragment {
  const { all, sure } = conditions
  const sets = sure === null ? all.flatMap(({ source }) => source ?? []) : []
  const joined = joinOf(conditions, { most, rowsOf: (source) => idsOf(source, most) })
  const tables = sets.map((source, i) =>
    table(`set${i}`, sql`select * from (${idsOf(source, few + 1)}) s`),
  )
  const looked = (ids: Fragment) =>
    withCarried({ conditions }, sql`select distinct id from (${ids}) d`)
  const drawn = sets.map(({ carries }, i) => {
    const set = sql`from ${raw(`set${i}`)} where ${small} = ${whole(i)}`
    return carries ? sql`select ${columns(carried)} ${set}` : looked(sql`select id ${set}`)
  })
  const candidates = sure === null ? drawn : [looked(sure)]
  const ways = [
    ...candidates.map((rows) => sql`select from (${rows}) c where ${allHold(all)}`),
    ...(sure === null ? [sql`select from ${joined.rows} and ${small} = -1`] : []),
  ]
  const found = unionOf(ways.map((way) => sql`(${way})`))
  return sql`with ${join(
    [
      ...tables,
      ...(sure === null ? joined.tables : []),
      table('chosen', sql`select ${firstSmall(sets, few)} as small`),
      table(
        'found',
        sql`select count(*)::int as hits from (select from (${found}) f limit ${whole(hits + 1)}) x`,
      ),
    ],
    ', ',
  )}
    select hits as found, ${sure === null && most < ALL ? sql`${small} = -1 and hits <= ${whole(hits)} and ${joined.isCut}` : sql`false`} as cut from found`
}

const small = sql`(select small from chosen)`

const firstSmall = (sets: readonly Source[], few: number): Fragment =>
  sets.length === 0
    ? sql`-1`
    : sql`case ${join(
        sets.map((_, i) => sql`when ${countOf(`set${i}`)} <= ${whole(few)} then ${whole(i)}`),
        ' ',
      )} else -1 end`

const toCount =
  (most: number) =>
  ([row]: readonly Row[]): Count => {
    const found = Number(row?.found)
    return { total: Math.min(found, most), totalIsExact: found <= most && row?.cut !== true }
  }
