import { type SQL, sql } from 'drizzle-orm'
import { countries } from './country.ts'

/** For what no country's rules say anything of. */
const NOWHERE = ''

/**
 * A text that depends on the country of an address when only its row knows that: the usual one, except in the
 * countries where `of` says otherwise. It saves a trip to look first.
 * @param write what becomes of the text; asked once for each.
 */
export function byCountry(
  of: (country: string) => string,
  write: (text: string) => string = (text) => text,
): SQL {
  const usual = of(NOWHERE)
  const special = countries
    .map((country) => [country, of(country)] as const)
    .filter(([, text]) => text !== usual)
  if (special.length === 0) return sql`${write(usual)}::text`
  const written = new Map([...new Set(special.map(([, text]) => text))].map((t) => [t, write(t)]))
  const map = Object.fromEntries(special.map(([country, text]) => [country, written.get(text)]))
  return sql`coalesce(${JSON.stringify(map)}::jsonb ->> address.country, ${write(usual)})`
}
