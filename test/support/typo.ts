import { hasUnspacedScript } from '../../src/core/customer/name-key.ts'
import { readSearch } from '../../src/core/customer/search-text-reading.ts'

/** What a customer is found by: the keys of the names, and the words that a misspelt one may mean. */
export type Named = {
  readonly firstKey: string
  readonly lastKey: string
  readonly spelled: readonly string[]
}

/** The least number of letters that are dropped, added, replaced or swapped with their neighbours between two texts. */
export function typosBetween(a: string, b: string): number {
  const [from, to] = [[...a], [...b]]
  const rows: number[][] = [[...Array(to.length + 1).keys()]]
  for (let i = 1; i <= from.length; i++) {
    const row = [i]
    for (let j = 1; j <= to.length; j++) {
      const isSame = from[i - 1] === to[j - 1]
      const isSwapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]
      row.push(
        Math.min(
          (rows[i - 1]?.[j] ?? 0) + 1,
          (row[j - 1] ?? 0) + 1,
          (rows[i - 1]?.[j - 1] ?? 0) + (isSame ? 0 : 1),
          isSwapped ? (rows[i - 2]?.[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      )
    }
    rows.push(row)
  }
  return rows.at(-1)?.at(-1) ?? 0
}

/** Whether a typed word may mean a word of a name, with one typo. Of two letters, a wrong one is half of the name. */
export function mayMean(typed: string, word: string): boolean {
  const [size, other] = [[...typed].length, [...word].length]
  if (size < 2 || other < 2 || /\d/.test(typed)) return false
  const isSwap = [...typed].reverse().join('') === word
  return typosBetween(typed, word) === 1 && (size > 2 || other > 2 || isSwap)
}

/** How many words of a search are wrong for a customer, in the way that fits best; null when none fits. */
export function wrongWords(q: string, { firstKey, lastKey, spelled }: Named): number | null {
  const { names } = readSearch(q)
  const joint = (key: string) => (key.split('  ')[0] ?? '').replaceAll(' ', '')
  const joints = [joint(lastKey) + joint(firstKey), joint(firstKey) + joint(lastKey)]
  const words = [
    ...`${firstKey} ${lastKey}`.split(' '),
    ...(names.flat().some(hasUnspacedScript) ? joints : []),
  ]
  const wrong = (typed: string) => {
    if (words.some((word) => word.startsWith(typed))) return 0
    return spelled.some((word) => mayMean(typed, word)) ? 1 : Number.POSITIVE_INFINITY
  }
  const least = Math.min(...names.map((way) => way.map(wrong).reduce((sum, one) => sum + one, 0)))
  return Number.isFinite(least) ? least : null
}
