import { type Fragment, join, sql } from '#db/fragment'
import type { Scope } from './condition.ts'
import { idsWithName, LAST } from './name-range.ts'
import { ALL, table, texts, whole } from './sql.ts'

/** The words of a way that are owners up. */
const MOST_WORDS = 3

type Ways = readonly (readonly string[])[]

/** `begun`: the words, as ranges. `owners`: those who have each word, at most so many. Says which words each way has, as values. */
function ownersOf(scope: Scope, ways: Ways, most: number, inList = false) {
  const words = [...new Set(ways.flat())]
  const places = ways.flatMap((way, i) =>
    way.map((word) => sql`(${whole(i)}, ${whole(words.indexOf(word) + 1)})`),
  )
  return {
    tables: [
      table(
        'begun',
        sql`select place::int as place, word as low, word || ${LAST} as high
          from unnest(${texts(words)}) with ordinality b (word, place)`,
      ),
      table(
        'owners',
        sql`select r.place, x.id from begun r cross join lateral (
          select id from (${idsWithName(scope, most, inList)}) n limit ${whole(most)}) x`,
      ),
    ],
    places: sql`(values ${join(places, ', ')}) w (way, place)`,
  }
}

const longest = (names: Ways): Ways =>
  names.map((words) => words.toSorted((a, b) => b.length - a.length).slice(0, MOST_WORDS))

/**
 * The ids of those customers who have the rarest word of a way to read a name, and of the rarest of each other way. All words of the way
 * are asked for, so nobody is missing. Of each word at most so many are read; which one is rare is known only then.
 */
export function withRarestWord(scope: Scope, names: Ways, most: number): Fragment {
  const { tables, places } = ownersOf(scope, longest(names), most)
  const rare = sql`select distinct on (way) place
    from ${places} left join owners using (place)
    group by way, place order by way, count(id), place`
  return sql`with ${join(tables, ', ')} select id from owners where place in (${rare})`
}

/**
 * The ids of those who have all words of a way. Words that too many have are left to the test; a way with only such words gives as many
 * ids as may be read.
 */
export function withAllWords(scope: Scope, names: Ways, most: number): Fragment {
  const { tables, places } = ownersOf(scope, longest(names), most)
  const sizes = sql`select way, place, count(id) as size from ${places} left join owners using (place) group by way, place`
  const asked = sql`select way, place from sizes where size < ${whole(most)}
    union all select way, min(place) from sizes group by way having min(size) >= ${whole(most)}`
  return sql`with ${join([...tables, table('sizes', sizes), table('asked', asked)], ', ')}
    select x.id from asked a join (select distinct place, id from owners) x using (place)
    group by a.way, x.id having count(*) = (select count(*) from asked b where b.way = a.way)`
}

/**
 * The ids of exactly those customers of the list who have all words of a way. If too many have a word, they are too few, and a row without
 * an id says so.
 */
export function withEveryWord(scope: Scope, names: Ways, most: number): Fragment {
  const { tables, places } = ownersOf(scope, names, most, true)
  const mark =
    most < ALL
      ? sql` union all select null where exists (select from owners group by place having count(*) >= ${whole(most)})`
      : sql``
  if (names.every(({ length }) => length === 1)) {
    return sql`with ${join(tables, ', ')} select id from owners${mark}`
  }
  const sizes = names.map((words, i) => sql`(${whole(i)}, ${whole(words.length)})`)
  return sql`with ${join(tables, ', ')}
    select x.id from ${places} join (select distinct place, id from owners) x using (place) join (values ${join(sizes, ', ')}) s (way, size) using (way)
    group by way, x.id having count(*) = min(size)${mark}`
}
