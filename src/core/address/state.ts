import { stateKey } from './state-key.ts'
import { statesOf } from './table.ts'

/** The code of a state that was written as a code ("ca", "US-CA") or by name; undefined when there is no such state. */
export function findState(country: string, written: string): string | undefined {
  const states = statesOf(country)
  if (states === undefined) return undefined
  const key = stateKey(written)
  const prefix = country.toLowerCase()
  return (
    states.get(key) ?? (key.startsWith(prefix) ? states.get(key.slice(prefix.length)) : undefined)
  )
}

/** Whether a country has such a state; true where the list of its states is not closed. */
export function isState(country: string, written: string): boolean {
  return statesOf(country) === undefined || findState(country, written) !== undefined
}
