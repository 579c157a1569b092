import { foldText } from '#kernel/fold-text'
import { AND_WORDS, COMPANY_ABBREVIATIONS, STREET_ABBREVIATIONS } from './abbreviation-table.ts'

/** Marks the end of a short form. No other word contains the mark, so the short form "st." is not a prefix of "stone". */
const MARK = '.'

type Ending = { readonly short: string; readonly long: readonly string[] }

/** Words that are joined to a name: Hauptstraße, Kalverstraat, Marktplatz. */
const ENDINGS: readonly Ending[] = [
  { short: 'str', long: ['strasse', 'straat'] },
  { short: 'pl', long: ['platz'] },
]
const LEAST_STEM = 2

/** The word without the "e" that replaces an umlaut: "mueller" becomes "muller", the folded form of "Müller". */
export const withoutUmlautE = (word: string): string => word.replace(/(?<=[aou])e/g, '')

const LONGEST_INITIAL = 2

/** The words without the "and" between initials: "H und M" is H&M, too. */
export const withoutAndBetweenInitials = (words: readonly string[]): string[] =>
  words.filter((word, i) => {
    const [before = '', after = ''] = [words[i - 1], words[i + 1]]
    const areInitials = [before, after].every(
      ({ length }) => length > 0 && length <= LONGEST_INITIAL,
    )
    return !(areInitials && AND_WORDS.includes(word))
  })

/** Maps each spelling of a word, short or full, to the form in which words are compared. */
export type Abbreviations = ReadonlyMap<string, string>

const read = (lines: string): Abbreviations =>
  new Map(
    foldText(lines)
      .trim()
      .split('\n')
      .flatMap((line) => {
        const words = line.split(' ').map(withoutUmlautE)
        return words.map((word): [string, string] => [word, `${words[0]}${MARK}`])
      }),
  )
export const streetAbbreviations: Abbreviations = read(STREET_ABBREVIATIONS)
export const companyAbbreviations: Abbreviations = read(COMPANY_ABBREVIATIONS)

/** A stored word as it is compared: "Straße" and "St." are "str.", "Hauptstraße" is "hauptstr.". */
export const abbreviatedWord = (word: string, of: Abbreviations): string =>
  of.get(word) ??
  withEnding(word, (ending, { short, long }) => [short, ...long].includes(ending)) ??
  word

/** A shorter beginning or rest of a word tells nothing. */
const LEAST_PART = 2

/**
 * The possible beginnings, full and short, of stored words that begin with a searched word: "stgallen" and "saintgal" find "str.gallen".
 */
export function abbreviatedBeginningsOf(word: string, of: Abbreviations): string[] {
  const words = [...of]
  const begun = words.flatMap(([full, mark]) => (full.startsWith(word) ? mark : []))
  const behind = words.flatMap(([full, mark]) =>
    full.length >= LEAST_PART && word.startsWith(full) && word.length >= full.length + LEAST_PART
      ? mark + word.slice(full.length)
      : [],
  )
  const ended = withEnding(
    word,
    (ending, { short, long }) =>
      ending.length > short.length && long.some((full) => full.startsWith(ending)),
  )
  return [...new Set([word, ...begun, ...behind, ended])].filter((text) => text !== undefined)
}

/** The word with the short form of its ending, if any passes. */
function withEnding(
  word: string,
  passes: (ending: string, of: Ending) => boolean,
): string | undefined {
  for (const of of ENDINGS) {
    const at = word.lastIndexOf(of.short)
    if (at >= LEAST_STEM && passes(word.slice(at), of))
      return `${word.slice(0, at)}${of.short}${MARK}`
  }
  return undefined
}
