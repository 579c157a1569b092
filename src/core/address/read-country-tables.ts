import { RULES } from './rule-table.ts'
import { STATES } from './state-table.ts'

export type RuleField = 'line1' | 'city' | 'state' | 'postalCode'

type Rule = {
  readonly required: readonly RuleField[]
  /** The forms of a postal code without spaces and hyphens. */
  readonly postalCode: RegExp | undefined
  /** Letters that people write before a postal code ("D-10115"), longest first. */
  readonly postalPrefixes: readonly string[]
}

const FIELDS: ReadonlyMap<string, RuleField> = new Map([
  ['A', 'line1'],
  ['C', 'city'],
  ['S', 'state'],
  ['Z', 'postalCode'],
])

let rules: ReadonlyMap<string, Rule> | undefined
let states: ReadonlyMap<string, string> | undefined

/** The rules for addresses in a country; undefined when there are none. */
export function addressRuleOfCountry(country: string): Rule | undefined {
  rules ??= new Map(linesOf(RULES).map(readRule))
  return rules.get(country)
}

/** The unparsed line of the state table for a country; undefined if the country has none. */
export function stateTableLineOf(country: string): string | undefined {
  states ??= new Map(linesOf(STATES).map((line) => [line.slice(0, 2), line]))
  return states.get(country)
}

const linesOf = (table: string): string[] => table.trim().split('\n')

function readRule(line: string): [string, Rule] {
  const [country = '', required = '', pattern = '', prefixes = ''] = line.split(' ')
  return [
    country,
    {
      required: [...FIELDS].flatMap(([letter, field]) =>
        required.includes(letter) ? [field] : [],
      ),
      postalCode: pattern ? new RegExp(`^(?:${pattern})$`) : undefined,
      postalPrefixes: [country, ...prefixes.split(',').filter(Boolean)].sort(
        (a, b) => b.length - a.length,
      ),
    },
  ]
}
