import { fold } from '#kernel/fold'
import { AND, COMPANY, STREET } from './abbreviation-table.ts'

/** Ends the stem of a word that people write short: no other word has it, so "st" for a street does not begin "stone". */
const MARK = '.'

type Ending = { readonly short: string; readonly long: readonly string[] }

/** Words that are joined to a name: Hauptstraße, Kalverstraat, Marktplatz. */
const ENDINGS: readonly Ending[] = [
  { short: 'str', long: ['strasse', 'straat'] },
  { short: 'pl', long: ['platz'] },
]
const LEAST_STEM = 2

/** A folded word as those write it whose keyboards have no umlauts, too: "muller", and "mueller", is "Müller". */
export const withoutUmlauts = (word: string): string => word.replace(/(?<=[aou])e/g, '')

const LONGEST_INITIAL = 2

/** The words without the "and" between initials: "H und M" is H&M, too. */
export const initialsTogether = (words: readonly string[]): string[] =>
  words.filter((word, i) => {
    const [before = '', after = ''] = [words[i - 1], words[i + 1]]
    const areInitials = [before, after].every(
      ({ length }) => length > 0 && length <= LONGEST_INITIAL,
    )
    return !(areInitials && AND.includes(word))
  })

/** How words of one kind of text are compared, whether they are written short or in full. */
export type Abbreviations = ReadonlyMap<string, string>

const read = (lines: string): Abbreviations =>
  new Map(
    fold(lines)
      .trim()
      .split('\n')
      .flatMap((line) => {
        const words = line.split(' ').map(withoutUmlauts)
        return words.map((word): [string, string] => [word, `${words[0]}${MARK}`])
      }),
  )
export const streetWords: Abbreviations = read(STREET)
export const companyWords: Abbreviations = read(COMPANY)

/** A stored word as it is compared: "Straße" and "St." are "str.", "Hauptstraße" is "hauptstr.". */
export const marked = (word: string, of: Abbreviations): string =>
  of.get(word) ??
  withEnding(word, (ending, { short, long }) => [short, ...long].includes(ending)) ??
  word

/** A shorter beginning or rest of a word tells nothing. */
const LEAST_PART = 2

/**
 * What a stored word may begin with if it begins with an asked one: as it is written, and as it is compared. "stgallen" and "saintgal" begin
 * "str.gallen".
 */
export function beginningsOf(word: string, of: Abbreviations): string[] {
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
