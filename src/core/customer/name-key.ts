import {
  apostrophesToBlanks,
  firstCodePoints,
  foldedWords,
  isUnspacedScript,
  lettersOf,
} from '#kernel/word'

/** In code points. Folding can make eighteen of one letter, and an index takes no key over 2,700 bytes. */
const KEY_LENGTH = 100
/** A longer word is found by its beginning. */
const WORD_LENGTH = 30
/** The most places in a name at which a search may begin and that need a word of their own. */
const MOST_STARTS = 12
/** A name of Chinese, Japanese or Korean letters is found from each of its letters on if it is no longer than this. */
const SHORT = 8

/** It stands within a word, between its parts. */
const NON_JOINER = '\u200c'
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Script=Yi}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tai_Le}\p{Script=New_Tai_Lue}\p{Script=Tai_Tham}\p{Script=Tai_Viet}\p{Script=Javanese}\p{Script=Balinese}\p{Script=Tibetan}]/u

/** Whether the text has letters of a script whose writers put no space between the names of a person. */
export const hasUnspacedScript = (text: string): boolean => UNSPACED.test(text)

/** Between the words of a name and what else finds it. */
const SECTION = '  '

/**
 * The key by which a name is sorted and searched: its words folded, without punctuation, one space between them; '' without a name.
 * After two spaces come what else a search may begin with: the rest of the name, joined, from each place where a word may begin.
 * "José Núñez" → "jose nunez  josenunez", "O’Brien" → "obrien  brien", "山田" → "山田  田".
 */
export function nameKey(name: string | null | undefined): string {
  if (!name) return ''
  const words = foldedWords(name)
  const rests = restsOf(name).filter((rest) => !words.some((word) => word.startsWith(rest)))
  const key = firstCodePoints(words.join(' '), KEY_LENGTH).trim()
  return [key, [...new Set(rests)].join(' ')].filter(Boolean).join(SECTION)
}

/** The words of a search, as they begin words of {@link nameKey}. */
export const searchedWords = (text: string): string[] =>
  firstCodePoints(foldedWords(text).join(' '), KEY_LENGTH)
    .split(' ')
    .filter(Boolean)
    .map((word) => firstCodePoints(word, WORD_LENGTH))

/** The joined words of a search. */
export const joinedWords = (words: readonly string[]): string =>
  firstCodePoints(words.join(''), WORD_LENGTH)

function restsOf(name: string): string[] {
  const parts = foldedWords(apostrophesToBlanks(name).replaceAll(NON_JOINER, ' ')).flatMap(startsIn)
  return parts.slice(0, MOST_STARTS).map((_, i) => joinedWords(parts.slice(i)))
}

function startsIn(word: string): readonly string[] {
  const letters = lettersOf(word)
  return isUnspacedScript(word) && letters.length <= SHORT ? letters : [word]
}
