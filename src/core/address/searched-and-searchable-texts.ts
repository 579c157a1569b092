import {
  firstCodePoints,
  foldedWords,
  foldedWordsByPiece,
  isUnspacedScript,
  lettersOf,
} from '#kernel/word'
import {
  type Abbreviations,
  abbreviatedBeginningsOf,
  abbreviatedWord,
  withoutAndBetweenInitials,
  withoutUmlautE,
} from './abbreviation.ts'

/** Halves and raised digits are numbers of their own: 12½ is 12 and 1/2. */
const OTHER_NUMBERS = /\p{No}+/gu
/** What Japanese writers put between and behind the numbers of a house: 1丁目2番3号 and 1ー2ー3 are 1-2-3. 1und1 is 1&1. */
const BETWEEN_NUMBERS = /(?<=\p{Nd})(?:丁目|番地|番|号|ー|ｰ|(?:und|and|et)(?=\p{Nd}))/giu

/** Between a word and a number behind it: "hauptstr5". */
const BEFORE_NUMBER = /(?<=[\p{L}\p{M}]{3})(?=\p{Nd})/gu

const numbersApart = (text: string): string =>
  text.replace(OTHER_NUMBERS, ' $& ').replace(BETWEEN_NUMBERS, ' ').replace(BEFORE_NUMBER, ' ')

/** The words that are asked for. */
export const searchedWordsOf = (text: string): string[] =>
  foldedWords(numbersApart(text)).map(withoutUmlautE)

const ENDS_IN_DIGIT = /\p{Nd}$/u
const BEGINS_WITH_DIGIT = /^\p{Nd}/u

/** What stands between two words that are joined: numbers never run together. */
const between = (text: string, next: string): string =>
  ENDS_IN_DIGIT.test(text) && BEGINS_WITH_DIGIT.test(next) ? ' ' : ''

const joined = (words: readonly string[]): string =>
  words.reduce((text, word) => text + between(text, word) + word, '')

const LETTERS_OR_DIGITS = /\p{Nd}+|\P{Nd}+/gu
const partsOf = (word: string): readonly string[] => word.match(LETTERS_OR_DIGITS) ?? [word]

const compared = (word: string, of: Abbreviations): string =>
  partsOf(word)
    .map((part) => abbreviatedWord(part, of))
    .join('')

/**
 * The possible beginnings of stored keys for the searched words. A key starts at a word and has no blanks. Each word may be abbreviated or in full. The last word may be incomplete.
 */
export function addressKeyPrefixes(words: readonly string[], of: Abbreviations): string[] {
  const before = words.slice(0, -1).map((word) => compared(word, of))
  const ways = [
    ...endings(joined(words), of),
    ...endings(words.at(-1) ?? '', of).map((last) => joined([...before, last])),
  ]
  return omitTextsWithListedPrefix(ways)
}

/** The spellings of a word that may be incomplete. */
function endings(word: string, of: Abbreviations): string[] {
  const parts = partsOf(word)
  const before = parts.slice(0, -1).map((part) => abbreviatedWord(part, of))
  return abbreviatedBeginningsOf(parts.at(-1) ?? '', of).map((last) => [...before, last].join(''))
}

/** Texts, each once. A text that begins with another one is left out, because the search for the other one finds it too. */
export const omitTextsWithListedPrefix = (texts: readonly string[]): string[] =>
  [...new Set(texts)].filter(
    (text) => !texts.some((other) => other !== text && text.startsWith(other)),
  )

type Kept = {
  readonly abbreviations: Abbreviations
  /** The length of a key, in code points. */
  readonly length: number
  /** The most places at which a search may begin. */
  readonly most: number
  /** Whether a search may begin at each word. If not, it begins at the start of the text. */
  readonly byWord: boolean
}

/** The rests of a text, without blanks: one from each position at which a search may begin. */
export function searchableRests(text: string, kept: Kept): string[] {
  const pieces = foldedWordsByPiece(numbersApart(text)).map((words) => words.map(withoutUmlautE))
  const of = kept.abbreviations
  const all = pieces.map((words) => words.map((word) => compared(word, of)))
  // Within a piece a word may be a part of another one: Co-op is coop, St-Denis is stdenis.
  const alone = pieces.map((words, i) => [...words.slice(0, -1), ...(all[i] ?? []).slice(-1)])
  const texts = [all.flat(), alone.flat(), withoutAndBetweenInitials(all.flat())]
  return texts.flatMap((words) => startsIn(words, kept))
}

function startsIn(words: readonly string[], { length, most, byWord }: Kept): string[] {
  const places: number[] = []
  let text = ''
  for (const [i, word] of words.entries()) {
    text += between(text, word)
    if (byWord || i === 0) places.push(text.length)
    places.push(...placesIn(word).map((at) => text.length + at))
    text += word
  }
  // A letter is two units of a text at most.
  return places.slice(0, most).map((at) => firstCodePoints(text.slice(at, at + 2 * length), length))
}

/** The places within a word where a Chinese, Japanese or Korean word may begin, or a number behind one. */
function placesIn(word: string): number[] {
  const letters = lettersOf(word)
  if (!letters.some(isUnspacedScript)) return []
  let at = 0
  return letters.flatMap((letter, i) => {
    const place = at
    at += letter.length
    const begins = isUnspacedScript(letter) || (i > 0 && isUnspacedScript(letters[i - 1] ?? ''))
    return begins ? [place] : []
  })
}
