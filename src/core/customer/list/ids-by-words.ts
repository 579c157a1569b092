import { type Fragment, joinFragments, sqlFragment } from '#db/fragment'
import type { ListScope } from './condition.ts'
import { idsInNameRange, LAST_CHARACTER } from './name-range.ts'
import { literalNumber, materializedTable, NO_BOUND, textArrayParameter } from './sql.ts'

/** The words of a way that are owners up. */
const MOST_WORDS = 3

type Ways = readonly (readonly string[])[]

/** `begun`: the words, as ranges. `owners`: those who have each word, at most so many. Says which words each way has, as values. */
function ownersOf(scope: ListScope, ways: Ways, most: number, inList = false) {
  const words = [...new Set(ways.flat())]
  const places = ways.flatMap((way, i) =>
    way.map(
      (word) => sqlFragment`(${literalNumber(i)}, ${literalNumber(words.indexOf(word) + 1)})`,
    ),
  )
  return {
    tables: [
      materializedTable(
        'begun',
        sqlFragment`select place::int as place, word as low, word || ${LAST_CHARACTER} as high
          from unnest(${textArrayParameter(words)}) with ordinality b (word, place)`,
      ),
      materializedTable(
        'owners',
        sqlFragment`select r.place, x.id from begun r cross join lateral (
          select id from (${idsInNameRange(scope, most, inList)}) n limit ${literalNumber(most)}) x`,
      ),
    ],
    places: sqlFragment`(values ${joinFragments(places, ', ')}) w (way, place)`,
  }
}

const longest = (names: Ways): Ways =>
  names.map((words) => words.toSorted((a, b) => b.length - a.length).slice(0, MOST_WORDS))

/**
 * For each reading of the name, the ids of the customers with its rarest word. They include every match, because a match has all words. At most `most` ids are read for each word.
 */
export function candidatesByRarestWord(scope: ListScope, names: Ways, most: number): Fragment {
  const { tables, places } = ownersOf(scope, longest(names), most)
  const rare = sqlFragment`select distinct on (way) place
    from ${places} left join owners using (place)
    group by way, place order by way, count(id), place`
  return sqlFragment`with ${joinFragments(tables, ', ')} select id from owners where place in (${rare})`
}

/**
 * The ids of customers with all words of a reading. Words with too many customers are ignored here and tested later.
 */
export function candidatesByAllWords(scope: ListScope, names: Ways, most: number): Fragment {
  const { tables, places } = ownersOf(scope, longest(names), most)
  const sizes = sqlFragment`select way, place, count(id) as size from ${places} left join owners using (place) group by way, place`
  const asked = sqlFragment`select way, place from sizes where size < ${literalNumber(most)}
    union all select way, min(place) from sizes group by way having min(size) >= ${literalNumber(most)}`
  return sqlFragment`with ${joinFragments([...tables, materializedTable('sizes', sizes), materializedTable('asked', asked)], ', ')}
    select x.id from asked a join (select distinct place, id from owners) x using (place)
    group by a.way, x.id having count(*) = (select count(*) from asked b where b.way = a.way)`
}

/**
 * The ids of exactly those customers of the list who have all words of a way. If too many have a word, they are too few, and a row without
 * an id says so.
 */
export function idsWithAllWords(scope: ListScope, names: Ways, most: number): Fragment {
  const { tables, places } = ownersOf(scope, names, most, true)
  const mark =
    most < NO_BOUND
      ? sqlFragment` union all select null where exists (select from owners group by place having count(*) >= ${literalNumber(most)})`
      : sqlFragment``
  if (names.every(({ length }) => length === 1)) {
    return sqlFragment`with ${joinFragments(tables, ', ')} select id from owners${mark}`
  }
  const sizes = names.map(
    (words, i) => sqlFragment`(${literalNumber(i)}, ${literalNumber(words.length)})`,
  )
  return sqlFragment`with ${joinFragments(tables, ', ')}
    select x.id from ${places} join (select distinct place, id from owners) x using (place) join (values ${joinFragments(sizes, ', ')}) s (way, size) using (way)
    group by way, x.id having count(*) = min(size)${mark}`
}
