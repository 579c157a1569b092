import { fold } from '#kernel/fold'
import { emailKeyPrefix } from './email.ts'

/** In code points. Folding can make eighteen of one letter, and an index takes no key over 2,700 bytes. */
const KEY_LENGTH = 100
const APOSTROPHES = /['’‘ʼʻ`´′]/g
const NO_WORD = /[^\p{L}\p{M}\p{N}]+/gu

/**
 * The key by which a name is sorted and searched: its words folded, without punctuation, one space between them.
 * "José O’Brien-Núñez" → "jose obrien nunez"; '' without a name.
 */
export function nameKey(name: string | null | undefined): string {
  if (!name) return ''
  const words = fold(name.replace(APOSTROPHES, '')).replace(NO_WORD, ' ').trim()
  return [...words].slice(0, KEY_LENGTH).join('').trim()
}

export type Search = {
  /** Each must begin a word of the name; folded as in {@link nameKey}. */
  readonly words: readonly string[]
  /** The beginning of the e-mail's key; null when the text cannot be an e-mail address. */
  readonly email: string | null
}

/** Reads a search text as words of a name, and as the beginning of an e-mail address. */
export function readSearch(q: string): Search {
  const text = q.trim()
  return {
    words: text.includes('@') ? [] : nameKey(text).split(' ').filter(Boolean),
    email: text === '' || /\s/.test(text) ? null : emailKeyPrefix(text),
  }
}
