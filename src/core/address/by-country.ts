import { countries } from './country.ts'

/** A value that depends on the country of an address, when only its row knows that: the usual one, and that of some countries. */
export type ByCountry<T> = {
  readonly usual: T
  readonly special: Readonly<Record<string, T>>
}

/** For what no country's rules say anything of. */
const NOWHERE = ''

/**
 * The value in every country: it saves a trip to look first.
 * @param write what becomes of the value; asked once for each.
 */
export function byCountry(
  of: (country: string) => string,
  write: (text: string) => string = (text) => text,
): ByCountry<string> {
  const usual = of(NOWHERE)
  const special = countries
    .map((country) => [country, of(country)] as const)
    .filter(([, text]) => text !== usual)
  const written = new Map(special.map(([, text]) => [text, '']))
  for (const text of written.keys()) written.set(text, write(text))
  return {
    usual: write(usual),
    special: Object.fromEntries(
      special.map(([country, text]) => [country, written.get(text) ?? text]),
    ),
  }
}
