import {
  type Fragment,
  joinFragments,
  rawFragment,
  sqlFragment,
  toTextAndValues,
} from '#db/fragment'
import { type Row, Statement } from '#db/statement'
import { type Conditions, exactSourceOf, type IdSource, isListedAndMeetsAll } from './condition.ts'
import { guessedCustomerCountParts } from './guess-step-and-count.ts'
import { joinSets } from './join-sets.ts'
import { type Bounds, withCarriedColumns } from './list-query.ts'
import {
  carriedColumns,
  columnFragments,
  literalNumber,
  materializedTable,
  NO_BOUND,
  rowCountOfTable,
  unionAllOf,
} from './sql.ts'

export type Count = { readonly total: number; readonly totalIsExact: boolean }
export type CountMode = 'capped' | 'exact'

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
 * `setPlannerForCount` must come before it.
 */
export function countStatement(
  conditions: Conditions,
  counting: CountMode,
  bounds = COUNT_BOUNDS,
): Statement<Count, 'read'> {
  const set = onlySet(conditions)
  if (set?.order === 'id' && counting === 'exact') {
    const all = sqlFragment`select count(*)::int as found, false as cut from (${idsOf(set, NO_BOUND)}) m`
    return new Statement(toTextAndValues(all), toCount(NO_BOUND))
  }
  const most = counting === 'exact' ? NO_BOUND : bounds.capped
  if (set !== null) {
    return new Statement(toTextAndValues(countSet(set, most, bounds)), toCount(bounds.hits))
  }
  return new Statement(toTextAndValues(count(conditions, most, bounds)), toCount(bounds.hits))
}

/** Counts the customers of a list: those who match, or, if there certainly is none, those whom its search may mean. */
export function listCountStatement(
  conditions: Conditions,
  counting: CountMode,
  bounds: Bounds,
  countBounds = COUNT_BOUNDS,
): Statement<Count, 'read'> {
  const { guess } = conditions
  if (guess === null) return countStatement(conditions, counting, countBounds)
  const most = counting === 'exact' ? NO_BOUND : countBounds.capped
  const isNone = sqlFragment`(select found = 0 and not cut from matching)`
  const { tables, count: guessed, isAll } = guessedCustomerCountParts(guess, bounds, isNone)
  const query = sqlFragment`with ${joinFragments([materializedTable('matching', count(conditions, most, countBounds)), ...tables], ', ')}
    select case when ${isNone} then ${guessed} else (select found from matching) end as found,
      (select cut from matching) or not (${isAll}) as cut`
  return new Statement(toTextAndValues(query), toCount(countBounds.hits))
}

/** The set of the only condition, if its rows need no test: members of groups, or customers with a find key. */
function onlySet({ scope, all }: Conditions): IdSource | null {
  const [only, ...others] = all
  const source = only === undefined ? null : exactSourceOf(only)
  if (others.length > 0 || !source?.isListed) return null
  return scope.parts.every((isListed) => isListed) ? source : null
}

function countSet(set: IdSource, most: number, { hits }: CountBounds): Fragment {
  const rows = idsOf(set, most)
  if (most === NO_BOUND) {
    return sqlFragment`select count(*)::int as found, false as cut
      from (select distinct id from (${rows}) m limit ${literalNumber(hits + 1)}) x`
  }
  const mark = set.marksCut ? sqlFragment` or bool_or(id is null)` : sqlFragment``
  return sqlFragment`with ${materializedTable('members', rows)}
    select (select count(*)::int from (select distinct id from members where id is not null limit ${literalNumber(hits + 1)}) x) as found,
      (select count(*) >= ${literalNumber(most)}${mark} from members) as cut`
}

const idsOf = ({ rows }: IdSource, most: number): Fragment =>
  rows({ most, direction: 'asc', within: () => sqlFragment`true` })

/**
 * `set0`…: the first rows of each condition's set. `small`: the number of the first set that is small; -1: none is. `found`: the customers
 * who match, up to one more than are counted.
 */
function count(conditions: Conditions, most: number, { hits, few }: CountBounds): Fragment {
  const { all, sure } = conditions
  const sets = sure === null ? all.flatMap(({ source }) => source ?? []) : []
  const joined = joinSets(conditions, { most, rowsOf: (source) => idsOf(source, most) })
  const tables = sets.map((source, i) =>
    materializedTable(`set${i}`, sqlFragment`select * from (${idsOf(source, few + 1)}) s`),
  )
  const looked = (ids: Fragment) =>
    withCarriedColumns({ conditions }, sqlFragment`select distinct id from (${ids}) d`)
  const drawn = sets.map(({ carries }, i) => {
    const set = sqlFragment`from ${rawFragment(`set${i}`)} where ${small} = ${literalNumber(i)}`
    return carries
      ? sqlFragment`select ${columnFragments(carriedColumns)} ${set}`
      : looked(sqlFragment`select id ${set}`)
  })
  const candidates = sure === null ? drawn : [looked(sure)]
  const ways = [
    ...candidates.map(
      (rows) => sqlFragment`select from (${rows}) c where ${isListedAndMeetsAll(all)}`,
    ),
    ...(sure === null ? [sqlFragment`select from ${joined.rows} and ${small} = -1`] : []),
  ]
  const found = unionAllOf(ways.map((way) => sqlFragment`(${way})`))
  return sqlFragment`with ${joinFragments(
    [
      ...tables,
      ...(sure === null ? joined.tables : []),
      materializedTable('chosen', sqlFragment`select ${firstSmall(sets, few)} as small`),
      materializedTable(
        'found',
        sqlFragment`select count(*)::int as hits from (select from (${found}) f limit ${literalNumber(hits + 1)}) x`,
      ),
    ],
    ', ',
  )}
    select hits as found, ${sure === null && most < NO_BOUND ? sqlFragment`${small} = -1 and hits <= ${literalNumber(hits)} and ${joined.isCut}` : sqlFragment`false`} as cut from found`
}

const small = sqlFragment`(select small from chosen)`

const firstSmall = (sets: readonly IdSource[], few: number): Fragment =>
  sets.length === 0
    ? sqlFragment`-1`
    : sqlFragment`case ${joinFragments(
        sets.map(
          (_, i) =>
            sqlFragment`when ${rowCountOfTable(`set${i}`)} <= ${literalNumber(few)} then ${literalNumber(i)}`,
        ),
        ' ',
      )} else -1 end`

const toCount =
  (most: number) =>
  ([row]: readonly Row[]): Count => {
    const found = Number(row?.found)
    return { total: Math.min(found, most), totalIsExact: found <= most && row?.cut !== true }
  }
