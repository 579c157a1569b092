import { type Fragment, join, sql } from '#db/fragment'
import type { Scope } from './condition.ts'
import { idsWithName, LAST } from './name-range.ts'
import { table, texts, whole } from './sql.ts'

/** The words of a way that are owners up. */
const MOST_WORDS = 3

/**
 * The ids of those customers who have the rarest word of a way to read a name, and of the rarest of each other way. All words of the way
 * are asked for, so nobody is missing. Of each word at most so many are read; which one is rare is known only then.
 */
export function withRarestWord(
  scope: Scope,
  names: readonly (readonly string[])[],
  most: number,
): Fragment {
  const ways = names.map((words) =>
    words.toSorted((a, b) => b.length - a.length).slice(0, MOST_WORDS),
  )
  const words = [...new Set(ways.flat())]
  const places = ways.flatMap((way, i) =>
    way.map((word) => sql`(${whole(i)}, ${whole(words.indexOf(word) + 1)})`),
  )
  const tables = [
    table(
      'begun',
      sql`select place::int as place, word as low, word || ${LAST} as high
        from unnest(${texts(words)}) with ordinality b (word, place)`,
    ),
    table(
      'owners',
      sql`select r.place, x.id from begun r cross join lateral (
        select id from (${idsWithName(scope, most)}) n limit ${whole(most)}) x`,
    ),
  ]
  const rare = sql`select distinct on (way) place
    from (values ${join(places, ', ')}) w (way, place) left join owners using (place)
    group by way, place order by way, count(id), place`
  return sql`with ${join(tables, ', ')} select id from owners where place in (${rare})`
}
