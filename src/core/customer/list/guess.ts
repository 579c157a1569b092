import { type Fragment, join, raw, sql } from '#db/fragment'
import { Bug } from '#kernel/error'
import { allHold } from './condition.ts'
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
  const all = { ...conditions, all: guess.others }
  const rows = withCarried(query, sql`table likely`)
  const fit = fitting({ ...query, after: null, conditions: all }, rows, sql`, c.wrong`)
  const order = sql`wrong, ${inOrder(sort)}`
  const guessed = sql`select wrong, part, key, id from (${fit}) f
    where ${isToCome(query)} order by ${order} limit ${whole(limit + 1)}`
  const tables = [...likelyTables(guess, bounds, sql`true`), table('guessed', guessed)]
  return sql`with ${join(tables, ', ')}
    select array(select id from guessed order by ${order} limit ${whole(limit)}) as ids,
      case when ${countOf('guessed')} > ${whole(limit)} then (select json_build_array(key, id, 0, wrong)
        from guessed order by ${order} offset ${whole(limit - 1)} limit 1) end as position`
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
  const carried = withCarried({ conditions: { scope } }, sql`select id from likely`)
  return {
    tables: likelyTables(guess, bounds, gate),
    count: sql`(select count(*)::int from (${carried}) c where ${allHold(guess.others)})`,
    isAll: sql`(${countOf('likely')} < ${whole(bounds.likely)} and not ${isNamedCut(guess, bounds.named)})`,
  }
}

/** `likely`: the hits that are considered. Few customers who meet another condition narrow the hits to those. */
function likelyTables(guess: Guess, bounds: Bounds, gate: Fragment): Fragment[] {
  const sources = guess.others.flatMap(({ source }) => source ?? []).slice(0, MOST_SETS)
  const request = { direction: 'desc', within: () => sql`true`, most: bounds.likely + 1 } as const
  const sets = sources.map(({ rows }, i) =>
    table(`narrow${i}`, sql`select id from (${rows(request)}) x`),
  )
  const isIn = sources.map((_, i) => {
    const set = raw(`narrow${i}`)
    return sql`(${countOf(`narrow${i}`)} > ${whole(bounds.likely)} or id in (select id from ${set}))`
  })
  const isSure = guess.sure === null ? [] : [sql`id in (${guess.sure})`]
  const likely = sql`select * from hits where ${every([...isSure, ...isIn])} order by wrong, id desc limit ${whole(bounds.likely)}`
  return [...hitTables(guess, bounds.named, gate), ...sets, table('likely', likely)]
}
