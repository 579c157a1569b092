/** The kinds of typos. */
export const typoKinds = ['dropped', 'added', 'doubled', 'replaced', 'swapped'] as const
export type Kind = (typeof typoKinds)[number]

/** The word with one typo at a place, from 0; null if that would change nothing, or if there is no letter to swap with. */
export function misspell(word: string, kind: Kind, at: number, letter: string): string | null {
  const letters = [...word]
  const here = letters[at]
  const next = letters[at + 1]
  if (here === undefined || (kind === 'swapped' && next === undefined)) return null
  const made = {
    dropped: letters.toSpliced(at, 1),
    added: letters.toSpliced(at, 0, letter),
    doubled: letters.toSpliced(at, 0, here),
    replaced: letters.toSpliced(at, 1, letter),
    swapped: letters.toSpliced(at, 2, next ?? '', here),
  }
  const text = made[kind].join('')
  return text === word || text === '' ? null : text
}
