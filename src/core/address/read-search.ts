import { firstCodePoints } from '#kernel/word'
import { type Abbreviations, companyAbbreviations, streetAbbreviations } from './abbreviation.ts'
import { OPTIONAL_WORDS } from './abbreviation-table.ts'
import { countryCodes } from './country.ts'
import { MAX_CITY_KEY_LENGTH, MAX_WORD_KEY_LENGTH, plainPostalKey } from './find-keys.ts'
import { postalKey, shortPostalKeys } from './postal-code.ts'
import {
  addressKeyPrefixes,
  omitTextsWithListedPrefix,
  searchedWordsOf,
} from './searched-and-searchable-texts.ts'

/** A run of searched words that may be written without blanks. Each number is the index of a word. */
type Run = readonly number[]

/** Beginnings of keys. A stored text has the words of a run if one of its keys begins with any of them. */
type Token = readonly string[]

type Asked = {
  /** A text is found if it has all tokens of one of the ways. */
  readonly ways: readonly (readonly Token[])[]
  /** Beginnings of keys for the rarest words, the rarest first. Every match has a key with a beginning from each list. */
  readonly starts: readonly Token[]
  /** Whether the search has one word only, so that `starts` is the whole condition. */
  readonly isOne: boolean
}

/** The number of words whose keys are read. Few addresses have two common words. */
const RARE_WORDS = 2

const kinds = { street: streetAbbreviations, company: companyAbbreviations } as const

/**
 * Reads a search text in all possible ways. Each word must begin a word of the stored text. The stored text may join or abbreviate words. "haupt str
 * 12 a" is also "hauptstr 12a".
 */
export function readWordSearch(kind: keyof typeof kinds, text: string): Asked {
  const words = searchedWordsOf(text)
  const places = [...words.keys()]
  const needed = places.filter((i) => !OPTIONAL_WORDS.has(words[i] ?? ''))
  const lists = needed.length > 0 && needed.length < places.length ? [places, needed] : [places]
  const runs = lists.flatMap(runsIn)
  const tokenOf = (run: Run): Token =>
    cutTo(
      MAX_WORD_KEY_LENGTH,
      addressKeyPrefixes(
        run.map((i) => words[i] ?? ''),
        kinds[kind],
      ),
    )
  const startsWith = (place: number): Token =>
    omitTextsWithListedPrefix(
      runs.flatMap((way) => way.filter((run) => run.includes(place))).flatMap(tokenOf),
    )
  const rare = rarestFirst(words, needed.length > 0 ? needed : places, kinds[kind])
  return {
    ways: runs.map((way) => way.map(tokenOf)),
    starts: rare.slice(0, RARE_WORDS).map(startsWith),
    isOne: words.length === 1,
  }
}

const cutTo = (length: number, texts: readonly string[]): string[] =>
  omitTextsWithListedPrefix(texts.map((text) => firstCodePoints(text, length)))

/** What begins the key of a city that is asked for. */
export const readCitySearch = (city: string): string[] =>
  cutTo(MAX_CITY_KEY_LENGTH, addressKeyPrefixes(searchedWordsOf(city), streetAbbreviations))

type AskedCodes = {
  /** What a key may begin with. */
  readonly starts: readonly string[]
  /** What a key may be. */
  readonly wholes: readonly string[]
}

/**
 * The postal codes that are asked for. A whole code is also read as each country reads it: "D-10115" is 10115, and "10115-1234" is 10115 where no
 * more is known. The beginning of a code is read only as it is written.
 */
export function readPostalCodeSearch(code: string): AskedCodes {
  const read = countryCodes.map((of) => postalKey(of, code).toLowerCase())
  return {
    starts: omitTextsWithListedPrefix([plainPostalKey(code), ...read].filter(Boolean)),
    wholes: [...new Set(shortPostalKeys(code))],
  }
}

/** With up to four words, every way to join them is tried; with up to eight, one joint; with more, none. */
const [FEW, MANY] = [4, 8]
const LONGEST_RUN = 4

/** The ways to join words that stand side by side. */
function runsIn(places: readonly number[]): Run[][] {
  const apart = places.map((i) => [i])
  if (places.length <= FEW) return partitions(places)
  if (places.length > MANY) return [apart]
  const joined = places.flatMap((_, from) =>
    Array.from({ length: LONGEST_RUN - 1 }, (_, n) => n + 2)
      .filter((length) => from + length <= places.length)
      .map((length) => apart.toSpliced(from, length, places.slice(from, from + length))),
  )
  return [apart, ...joined]
}

function partitions([first, ...rest]: readonly number[]): Run[][] {
  if (first === undefined) return [[]]
  return partitions(rest).flatMap((runs) => {
    const [next, ...others] = runs
    const apart = [[first], ...runs]
    return next === undefined ? [apart] : [apart, [[first, ...next], ...others]]
  })
}

/** Sorts the indexes of words by rarity. Longer words are rarer; words with an abbreviation are common. */
function rarestFirst(
  words: readonly string[],
  places: readonly number[],
  of: Abbreviations,
): number[] {
  const lengthOf = (i: number) => {
    const word = words[i] ?? ''
    return of.has(word) ? 0 : word.length
  }
  return places.toSorted((a, b) => lengthOf(b) - lengthOf(a))
}
