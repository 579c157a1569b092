/** A longer word is no misspelt name. The time for a comparison grows with both lengths, and the word may come from anybody. */
const LONGEST = 60

/** So many unknown names of one request are compared with the known ones. A caller who sends more has not misspelt one. */
export const MAX_UNKNOWN_NAMES_COMPARED = 10

/** The known name that somebody probably meant; undefined if none is near. Case, dashes and underscores do not count. */
export function closestName(word: string, names: readonly string[]): string | undefined {
  if (word.length > LONGEST) return undefined
  const meant = fold(word)
  const most = Math.max(1, Math.floor(meant.length / 4))
  const [best] = names
    .map((name) => ({ name, folded: fold(name) }))
    .filter(({ folded }) => Math.abs(folded.length - meant.length) <= most)
    .map(({ name, folded }) => ({ name, edits: editsBetween(meant, folded) }))
    .filter(({ edits }) => edits <= most)
    .sort((a, b) => a.edits - b.edits)
  return best?.name
}

const fold = (text: string): string => text.toLowerCase().replace(/[-_]/g, '')

/** The number of edits (insert, delete, replace, swap neighbours) that turn one text into the other (optimal string alignment). */
function editsBetween(from: string, to: string): number {
  const rows = [Array.from({ length: to.length + 1 }, (_, n) => n)]
  const at = (row: number, column: number): number => rows[row]?.[column] ?? Number.MAX_SAFE_INTEGER
  for (let i = 1; i <= from.length; i++) {
    const row = [i]
    rows.push(row)
    for (let j = 1; j <= to.length; j++) {
      const isSame = from[i - 1] === to[j - 1]
      const isSwap = from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]
      row.push(
        Math.min(
          at(i - 1, j) + 1,
          at(i, j - 1) + 1,
          at(i - 1, j - 1) + (isSame ? 0 : 1),
          isSwap ? at(i - 2, j - 2) + 1 : Number.MAX_SAFE_INTEGER,
        ),
      )
    }
  }
  return at(from.length, to.length)
}
