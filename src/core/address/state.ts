import { stateTableLineOf } from './read-country-tables.ts'
import { stateKey, stateKeyWithoutKind } from './state-key.ts'

/** The countries with a closed list of states. In other countries, a list would refuse states that the post accepts. */
const CLOSED: ReadonlySet<string> = new Set(['AU', 'CA', 'US'])

/**
 * The code of a state of a country with a closed list, to be stored. It may be written as a code ("ca", "US-CA") or by name; undefined
 * when there is no such state, or the list is not closed.
 */
export const findStateCode = (country: string, written: string): string | undefined =>
  CLOSED.has(country) ? makeStateCodeFinder(written)(country) : undefined

/** Whether a country has such a state; true where the list of its states is not closed. */
export const isAllowedState = (country: string, written: string): boolean =>
  !CLOSED.has(country) || findStateCode(country, written) !== undefined

/**
 * The code of a state of any country (ISO 3166-2 without the country), to compare two spellings: "São Paulo", "SAO PAULO", "BR-SP" and
 * "Estado de São Paulo" are SP; undefined when the table has no such state. The text is read once for all countries.
 */
export function makeStateCodeFinder(written: string): (country: string) => string | undefined {
  const [key, bare] = [stateKey(written), stateKeyWithoutKind(written)]
  return (country) => {
    const states = stateTableLineOf(country)
    if (states === undefined || key === '') return undefined
    const code = key.startsWith(country.toLowerCase()) ? key.slice(2) : key
    const found =
      codeOf(states, key) ??
      named(states, key) ??
      codeOf(states, code) ??
      codeOf(states, code.padStart(2, '0')) ??
      named(states, code) ??
      named(states, bare)
    return found?.toUpperCase()
  }
}

const codeOf = (states: string, key: string): string | undefined =>
  states.includes(`|${key}=`) ? key : undefined

function named(states: string, key: string): string | undefined {
  const at = states.indexOf(`=${key}=`)
  if (at < 0) return undefined
  const start = states.lastIndexOf('|', at) + 1
  return states.slice(start, states.indexOf('=', start))
}
