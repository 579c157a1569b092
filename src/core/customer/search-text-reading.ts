import { emailKeyPrefixes } from './email.ts'
import { joinedWords, searchedWords } from './name-key.ts'

export type Search = {
  /** The ways to read the text as words of a name: all words of one way must begin words of the name, in any order. */
  readonly names: readonly (readonly string[])[]
  /** The key of the e-mail address may begin with any of these. */
  readonly emails: readonly string[]
}

/** With more words, only all of them are joined, and not each run. */
const MOST_WORDS = 4

/** Reads a search text as words of a name, joined or not, and as the beginning of an e-mail address. */
export function readSearch(q: string): Search {
  const words = searchedWords(q)
  return {
    names: words.length === 0 ? [] : [words, ...joinedWays(words)].map((way) => [...new Set(way)]),
    emails: emailKeyPrefixes(q),
  }
}

/** The ways with one run of words joined: "van der Berg" is also "vander berg", "van derberg" and "vanderberg". */
function joinedWays(words: readonly string[]): string[][] {
  if (words.length > MOST_WORDS) return [[joinedWords(words)]]
  return words.flatMap((_, from) =>
    words.slice(from + 1).map((_, length) => {
      const to = from + length + 2
      return [...words.slice(0, from), joinedWords(words.slice(from, to)), ...words.slice(to)]
    }),
  )
}
