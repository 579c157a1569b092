import { type Fragment, joinFragments, rawFragment, sqlFragment } from '#db/fragment'
import { nameSpellingColumns } from '#db/generated/column'
import type { CustomerFilter } from '../filter.ts'
import { readSearchKeys } from '../search-key-reading.ts'
import { readSearch } from '../search-text-reading.ts'
import { type Lookup, typoLookups } from '../typo-lookups.ts'
import type { Condition, ListScope } from './condition.ts'
import { CHARACTER_AFTER_BLANK, idsInNameRange, LAST_CHARACTER } from './name-range.ts'
import { searchKeyCondition } from './search-key-conditions.ts'
import { literalNumber, materializedTable, textArrayParameter } from './sql.ts'

/**
 * A search text read as a misspelt name: each of its words begins a word of the name, as it always may, or is a word of the name with one
 * typo. A number beside the words may be what a customer has besides the name: then it is no word.
 */
export type Guess = {
  readonly scope: ListScope
  /** The words of all ways to read the text. */
  readonly words: readonly string[]
  /** The look-ups of each word. */
  readonly lookups: readonly (readonly Lookup[])[]
  readonly ways: readonly Way[]
  /** What customers have besides the name. */
  readonly keys: readonly Condition[]
  /** The conditions of the filter besides the search. */
  readonly others: readonly Condition[]
  /** A few ids that the filter names. */
  readonly sure: Fragment | null
}

type Way = {
  /** The words of the name, as places in `words`, from 1. */
  readonly places: readonly number[]
  /** What stands beside it, as a place in `keys`, from 1; 0: nothing. */
  readonly beside: number
}

/** The most words of the dictionary that are read for one spelling. */
const WORDS = 200
/** The words of a search share the bound as if they were at least so many: one common word need not read all. */
const LEAST_WORDS = 3

/** The guess of a filter's search text; null when there is nothing to guess: no search, a mail address, words without letters. */
export function typoGuessOfFilter(
  scope: ListScope,
  { q }: CustomerFilter,
  besides: Pick<Guess, 'others' | 'sure'>,
): Guess | null {
  if (q === undefined || q.includes('@')) return null
  const beside = readSearchKeys(q).flatMap(({ name, ...key }) =>
    name === null ? [] : [{ name, key }],
  )
  const names = [q, ...beside.map(({ name }) => name)].map((text) => readSearch(text).names)
  const words = [...new Set(names.flat(2))]
  const lookups = words.map(typoLookups)
  if (lookups.every((list) => list.length === 0)) return null
  const ways = names.flatMap((all, i) =>
    all.map((way) => ({ places: way.map(placeIn(words)), beside: i })),
  )
  const keys = beside.map(({ key }) => searchKeyCondition(scope, key))
  return { scope, words, lookups, ways, keys, ...besides }
}

const placeIn =
  (words: readonly string[]) =>
  (word: string): number =>
    words.indexOf(word) + 1

/**
 * `hits`: the customers whose names the text may mean, with the number of wrong words and what stands beside the name, from the
 * dictionary by its spellings (`meant`) and by the indexes of names (`named`).
 * @param most the entries of the indexes that are read.
 * @param gate nothing is read when it is false.
 */
export const hitTables = (guess: Guess, most: number, gate: Fragment): Fragment[] => [
  materializedTable('asked', asked(guess)),
  materializedTable(
    'typed',
    sqlFragment`select place::int as place, word from unnest(${textArrayParameter(guess.words)}) with ordinality t(word, place) where ${gate}`,
  ),
  materializedTable('meant', meant(guess)),
  materializedTable('named', named(guess, mostOf(guess, most))),
  materializedTable('hits', hits(guess)),
]

/** The look-ups, each with the place of its word. */
function asked({ lookups }: Guess): Fragment {
  const all = lookups.flatMap((list, i) => list.map((lookup) => ({ ...lookup, place: i + 1 })))
  return sqlFragment`select * from unnest(${all.map(({ place }) => place)}::int[], ${textArrayParameter(all.map(({ spelling }) => spelling))},
    ${all.map(({ at }) => at)}::int[], ${all.map(({ swapped }) => swapped)}::text[]) a (place, spelling, at, swapped)`
}

/** A word that the typed one begins is none of a typo. */
const meant = ({ scope }: Guess): Fragment =>
  sqlFragment`select distinct a.place, d.word from typed t join asked a using (place) cross join lateral (
      select ${rawFragment(nameSpellingColumns.word)} as word from name_spelling
      where ${rawFragment(nameSpellingColumns.tenant)} = ${scope.tenant} and ${rawFragment(nameSpellingColumns.spelling)} = a.spelling
      order by ${rawFragment(nameSpellingColumns.word)} limit ${literalNumber(WORDS)}) d
    where (a.at is null or d.word in (a.spelling, a.swapped) or left(d.word, a.at - 1) || substr(d.word, a.at + 1) = a.spelling)
      and not starts_with(d.word, t.word)`

/** How many entries are read for one word. */
const mostOf = ({ words }: Guess, most: number): number =>
  Math.floor(most / Math.max(words.length, LEAST_WORDS))

/** Whether the entries of a word may be more than were read. @param most as for `hitTables`. */
export const isNameSearchCut = (guess: Guess, most: number): Fragment =>
  sqlFragment`exists (select from named group by place having sum(read) >= ${literalNumber(mostOf(guess, most))})`

/** The customers of each word, those first whose names have it as it was typed. */
function named({ scope }: Guess, most: number): Fragment {
  const ranges = sqlFragment`select place, 0 as wrong, word as low, word || ${LAST_CHARACTER} as high from typed
    union all select place, 1, word, word || ${CHARACTER_AFTER_BLANK} from meant`
  return sqlFragment`select t.place, x.id, min(x.wrong) as wrong, count(*) as read from typed t cross join lateral (
      select r.wrong, c.id from (select * from (${ranges}) r where r.place = t.place order by r.wrong, r.low) r
      cross join lateral (${idsInNameRange(scope, most)}) c limit ${literalNumber(most)}) x
    group by t.place, x.id`
}

/** The customers who have all words of a way. */
function hits({ ways }: Guess): Fragment {
  const parts = ways.flatMap(({ places, beside }, i) =>
    places.map(
      (place) =>
        sqlFragment`(${literalNumber(i)}, ${literalNumber(beside)}, ${literalNumber(place)}, ${literalNumber(places.length)})`,
    ),
  )
  return sqlFragment`select id, beside, min(wrong)::int as wrong from (
      select n.id, w.beside, sum(n.wrong) as wrong from (values ${joinFragments(parts, ', ')}) w (way, beside, place, size) join named n using (place)
      group by w.way, w.beside, n.id having count(*) = min(w.size)) h
    group by id, beside`
}
