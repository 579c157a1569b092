import { type SQL, sql } from 'drizzle-orm'
import { countries } from './country.ts'

/** For what no country's rules say anything of. */
const NOWHERE = ''

/**
 * A text that depends on the country of an address when only its row knows that: the usual one, except in the
 * countries where `of` says otherwise. It saves a trip to look first.
 */
export function byCountry(of: (country: string) => string): SQL {
  const usual = of(NOWHERE)
  const special = countries
    .map((country) => [country, of(country)] as const)
    .filter(([, text]) => text !== usual)
  if (special.length === 0) return sql`${usual}::text`
  return sql`coalesce(${JSON.stringify(Object.fromEntries(special))}::jsonb ->> address.country, ${usual})`
}
