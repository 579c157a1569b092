import { type Fragment, joinFragments, rawFragment, sqlFragment } from '#db/fragment'
import { Bug } from '#kernel/error'
import { type Condition, isListedAndMeetsAll } from './condition.ts'
import {
  type Bounds,
  isAfter,
  type ListQuery,
  partIndexOfPosition,
  sortOrderOfList,
  withCarriedColumns,
} from './list-query.ts'
import { matchesAfterPosition } from './set-steps.ts'
import { every, literalNumber, materializedTable, rowCountOfTable } from './sql.ts'
import { type Guess, hitTables, isNameSearchCut } from './typo-guess.ts'

/** The most conditions besides whose customers narrow them beforehand. */
const MOST_SETS = 3

/**
 * The first customers whom a misspelt text may mean and who meet the other conditions, by the number of wrong words and then in the order of
 * the list, after the position.
 */
export function guessStep(query: ListQuery): Fragment {
  const { conditions, bounds, limit, sort } = query
  const { guess } = conditions
  if (guess === null) throw new Bug('there is no guess')
  const all = { ...conditions, all: conditionsOf(guess) }
  const rows = withCarriedColumns(query, sqlFragment`table likely`)
  const fit = matchesAfterPosition(
    { ...query, after: null, conditions: all },
    rows,
    sqlFragment`, c.wrong`,
  )
  const order = sqlFragment`wrong, ${sortOrderOfList(sort)}`
  const each =
    guess.keys.length === 0
      ? fit
      : sqlFragment`select min(wrong) as wrong, part, key, id from (${fit}) t group by part, key, id`
  const guessed = sqlFragment`select wrong, part, key, id from (${each}) f
    where ${isToCome(query)} order by ${order} limit ${literalNumber(limit + 1)}`
  const tables = [
    ...likelyTables(guess, bounds, sqlFragment`true`),
    materializedTable('guessed', guessed),
  ]
  return sqlFragment`with ${joinFragments(tables, ', ')}
    select array(select id from guessed order by ${order} limit ${literalNumber(limit)}) as ids,
      case when ${rowCountOfTable('guessed')} > ${literalNumber(limit)} then (select json_build_array(key, id, 0, wrong)
        from guessed order by ${order} offset ${literalNumber(limit - 1)} limit 1) end as position`
}

/** The conditions of a row of `likely`. A customer may be there with several things that stand beside the name. */
function conditionsOf({ others, keys }: Guess): Condition[] {
  if (keys.length === 0) return [...others]
  const tests = keys.map(({ holds }, i) => sqlFragment`when ${literalNumber(i + 1)} then ${holds}`)
  const holds = sqlFragment`case c.beside ${joinFragments(tests, ' ')} else true end`
  return [...others, { holds, reads: 'table', source: null, range: null }]
}

function isToCome(query: ListQuery): Fragment {
  const wrong = query.after?.[3]
  if (!wrong) return sqlFragment`true`
  const part = literalNumber(partIndexOfPosition(query))
  const isHere = isAfter(query, sqlFragment`f.key`, sqlFragment`f.id`)
  return sqlFragment`(f.wrong > ${wrong} or f.wrong = ${wrong} and (f.part > ${part} or f.part = ${part} and ${isHere}))`
}

/** How many customers a misspelt text may mean who meet the other conditions, as two expressions over tables. */
export function guessedCustomerCountParts(guess: Guess, bounds: Bounds, gate: Fragment) {
  const { scope } = guess
  const carried = withCarriedColumns({ conditions: { scope } }, sqlFragment`table likely`)
  return {
    tables: likelyTables(guess, bounds, gate),
    count: sqlFragment`(select count(distinct c.id)::int from (${carried}) c where ${isListedAndMeetsAll(conditionsOf(guess))})`,
    isAll: sqlFragment`(${rowCountOfTable('likely')} < ${literalNumber(bounds.likely)} and not ${isNameSearchCut(guess, bounds.named)})`,
  }
}

/**
 * `likely`: the hits that are considered. Few customers who meet another condition, or who have what stands beside the name, narrow the hits
 * to those.
 */
function likelyTables(guess: Guess, { likely: most, named }: Bounds, gate: Fragment): Fragment[] {
  const { others, keys, sure } = guess
  const sets = [
    ...sourcesOf(others).slice(0, MOST_SETS),
    ...keys.flatMap((key, i) =>
      sourcesOf([key]).map(({ source }) => ({
        source,
        unless: sqlFragment`beside <> ${literalNumber(i + 1)} or `,
      })),
    ),
  ]
  const request = { direction: 'desc', within: () => sqlFragment`true`, most: most + 1 } as const
  const tables = sets.map(({ source }, i) =>
    materializedTable(`narrow${i}`, sqlFragment`select id from (${source.rows(request)}) x`),
  )
  const isIn = sets.map(({ unless }, i) => {
    const set = `narrow${i}`
    return sqlFragment`(${unless}${rowCountOfTable(set)} > ${literalNumber(most)} or id in (select id from ${rawFragment(set)}))`
  })
  const isSure = sure === null ? [] : [sqlFragment`id in (${sure})`]
  const likely = sqlFragment`select * from hits where ${every([...isSure, ...isIn])} order by wrong, id desc limit ${literalNumber(most)}`
  return [...hitTables(guess, named, gate), ...tables, materializedTable('likely', likely)]
}

/** The sets of conditions, which no hit is outside of. */
const sourcesOf = (conditions: readonly Condition[]) =>
  conditions.flatMap(({ source }) => (source === null ? [] : [{ source, unless: sqlFragment`` }]))
