/** A spelling to look up in the dictionary, and which of the words under it a typed word may mean. */
export type Lookup = {
  readonly spelling: string
  /** The position of the letter that is left out, from 1. Null: none is left out, so every word fits. 0: only the spelling itself fits. */
  readonly at: number | null
  /** The typed word with that letter and the next one swapped; null without a next one, or with the same one. */
  readonly swapped: string | null
}

/** Names have no digits, and a number is not guessed. */
const NUMBER = /\d/
/** With one letter less, nothing would be left of a shorter word. */
const SHORTEST = 2

/**
 * The look-ups that find each word of the dictionary which differs from the typed one by one letter: dropped, added, replaced or swapped
 * with its neighbour. The dictionary has its words under the same spellings, with one letter less. A word that is found at place `at`
 * differs there only if it has the same spelling without the letter at that place, too. None for a word that is not guessed.
 */
export function typoLookups(word: string): Lookup[] {
  const letters = [...word]
  if (letters.length < SHORTEST || NUMBER.test(word)) return []
  const itself = { spelling: word, at: null, swapped: null }
  if (letters.length === SHORTEST) {
    return [itself, { spelling: [...letters].reverse().join(''), at: 0, swapped: null }]
  }
  return [
    itself,
    ...letters.map((letter, i) => ({
      spelling: letters.toSpliced(i, 1).join(''),
      at: i + 1,
      swapped: swappedAt(letters, i, letter),
    })),
  ]
}

function swappedAt(letters: readonly string[], i: number, letter: string): string | null {
  const next = letters[i + 1]
  if (next === undefined || next === letter) return null
  return letters.toSpliced(i, 2, next, letter).join('')
}
