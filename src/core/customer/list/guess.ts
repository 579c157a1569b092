import { type Fragment, join, raw, sql } from '#db/fragment'
import { Bug } from '#kernel/error'
import { allHold, type Condition } from './condition.ts'
import { type Bounds, inOrder, isAfter, type ListQuery, partAt, withCarried } from './query.ts'
import { fitting } from './set.ts'
import { countOf, every, table, whole } from './sql.ts'
import { type Guess, hitTables, isNamedCut } from './typo.ts'

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
  const rows = withCarried(query, sql`table likely`)
  const fit = fitting({ ...query, after: null, conditions: all }, rows, sql`, c.wrong`)
  const order = sql`wrong, ${inOrder(sort)}`
  const each =
    guess.keys.length === 0
      ? fit
      : sql`select min(wrong) as wrong, part, key, id from (${fit}) t group by part, key, id`
  const guessed = sql`select wrong, part, key, id from (${each}) f
    where ${isToCome(query)} order by ${order} limit ${whole(limit + 1)}`
  const tables = [...likelyTables(guess, bounds, sql`true`), table('guessed', guessed)]
  return sql`with ${join(tables, ', ')}
    select array(select id from guessed order by ${order} limit ${whole(limit)}) as ids,
      case when ${countOf('guessed')} > ${whole(limit)} then (select json_build_array(key, id, 0, wrong)
        from guessed order by ${order} offset ${whole(limit - 1)} limit 1) end as position`
}

/** The conditions of a row of `likely`. A customer may be there with several things that stand beside the name. */
function conditionsOf({ others, keys }: Guess): Condition[] {
  if (keys.length === 0) return [...others]
  const tests = keys.map(({ holds }, i) => sql`when ${whole(i + 1)} then ${holds}`)
  const holds = sql`case c.beside ${join(tests, ' ')} else true end`
  return [...others, { holds, reads: 'table', source: null, range: null }]
}

function isToCome(query: ListQuery): Fragment {
  const wrong = query.after?.[3]
  if (!wrong) return sql`true`
  const part = whole(partAt(query))
  const isHere = isAfter(query, sql`f.key`, sql`f.id`)
  return sql`(f.wrong > ${wrong} or f.wrong = ${wrong} and (f.part > ${part} or f.part = ${part} and ${isHere}))`
}

/** How many customers a misspelt text may mean who meet the other conditions, as two expressions over tables. */
export function guessCount(guess: Guess, bounds: Bounds, gate: Fragment) {
  const { scope } = guess
  const carried = withCarried({ conditions: { scope } }, sql`table likely`)
  return {
    tables: likelyTables(guess, bounds, gate),
    count: sql`(select count(distinct c.id)::int from (${carried}) c where ${allHold(conditionsOf(guess))})`,
    isAll: sql`(${countOf('likely')} < ${whole(bounds.likely)} and not ${isNamedCut(guess, bounds.named)})`,
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
        unless: sql`beside <> ${whole(i + 1)} or `,
      })),
    ),
  ]
  const request = { direction: 'desc', within: () => sql`true`, most: most + 1 } as const
  const tables = sets.map(({ source }, i) =>
    table(`narrow${i}`, sql`select id from (${source.rows(request)}) x`),
  )
  const isIn = sets.map(({ unless }, i) => {
    const set = `narrow${i}`
    return sql`(${unless}${countOf(set)} > ${whole(most)} or id in (select id from ${raw(set)}))`
  })
  const isSure = sure === null ? [] : [sql`id in (${sure})`]
  const likely = sql`select * from hits where ${every([...isSure, ...isIn])} order by wrong, id desc limit ${whole(most)}`
  return [...hitTables(guess, named, gate), ...tables, table('likely', likely)]
}

/** The sets of conditions, which no hit is outside of. */
const sourcesOf = (conditions: readonly Condition[]) =>
  conditions.flatMap(({ source }) => (source === null ? [] : [{ source, unless: sql`` }]))
