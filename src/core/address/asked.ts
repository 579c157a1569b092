import { cut } from '#kernel/word'
import { type Abbreviations, companyWords, streetWords } from './abbreviation.ts'
import { OPTIONAL } from './abbreviation-table.ts'
import { countries } from './country.ts'
import { CITY_LENGTH, plainPostalKey, WORD_LENGTH } from './find-key.ts'
import { postalKey, shortPostalKeys } from './postal-code.ts'
import { askedIn, spellingsOf, withoutBegun } from './spelling.ts'

/** Words that stand without a blank between them in one of the spellings, as places among the asked ones. */
type Run = readonly number[]

/** What a stored text has if it has the words of a run: any of these beginnings of keys. */
type Token = readonly string[]

type Asked = {
  /** A text is found if it has all tokens of one of the ways. */
  readonly ways: readonly (readonly Token[])[]
  /** Of each of these, any begins a key of each text that is found: of the rarest words, the rarest first. */
  readonly starts: readonly Token[]
  /** Whether that is all that is asked for. */
  readonly isOne: boolean
}

/** The words whose keys are read: of two common words, few addresses have both. */
const RARE_WORDS = 2

const kinds = { street: streetWords, company: companyWords } as const

/**
 * The ways to read a text that is asked for. Each of its words begins a word of the stored text; words may be joined there, or written short. "haupt str
 * 12 a" is also "hauptstr 12a".
 */
export function askedWords(kind: keyof typeof kinds, text: string): Asked {
  const words = askedIn(text)
  const places = [...words.keys()]
  const needed = places.filter((i) => !OPTIONAL.has(words[i] ?? ''))
  const lists = needed.length > 0 && needed.length < places.length ? [places, needed] : [places]
  const runs = lists.flatMap(runsIn)
  const tokenOf = (run: Run): Token =>
    cutTo(
      WORD_LENGTH,
      spellingsOf(
        run.map((i) => words[i] ?? ''),
        kinds[kind],
      ),
    )
  const startsWith = (place: number): Token =>
    withoutBegun(runs.flatMap((way) => way.filter((run) => run.includes(place))).flatMap(tokenOf))
  const rare = rarestFirst(words, needed.length > 0 ? needed : places, kinds[kind])
  return {
    ways: runs.map((way) => way.map(tokenOf)),
    starts: rare.slice(0, RARE_WORDS).map(startsWith),
    isOne: words.length === 1,
  }
}

const cutTo = (length: number, texts: readonly string[]): string[] =>
  withoutBegun(texts.map((text) => cut(text, length)))

/** What begins the key of a city that is asked for. */
export const askedCity = (city: string): string[] =>
  cutTo(CITY_LENGTH, spellingsOf(askedIn(city), streetWords))

type AskedCodes = {
  /** What a key may begin with. */
  readonly starts: readonly string[]
  /** What a key may be. */
  readonly wholes: readonly string[]
}

/**
 * The postal codes that are asked for. A whole code is also read as each country reads it: "D-10115" is 10115, and "10115-1234" is 10115 where no
 * more is known. A beginning is not, for no country knows it.
 */
export function askedPostalKeys(code: string): AskedCodes {
  const read = countries.map((of) => postalKey(of, code).toLowerCase())
  return {
    starts: withoutBegun([plainPostalKey(code), ...read].filter(Boolean)),
    wholes: [...new Set(shortPostalKeys(code))],
  }
}

/** More words are joined in one place only; of very many none is. */
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

/** The places of words, those first that the fewest texts are likely to have: long ones that are no part of each address. */
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
