import { countryCodes } from './country.ts'

/** A value that depends on the country of an address, which only the row knows: the usual value, and those of special countries. */
export type ByCountry<T> = {
  readonly usual: T
  readonly special: Readonly<Record<string, T>>
}

/** Stands for a country without rules. */
const NOWHERE = ''

/**
 * Computes the value for every country. Sending all values saves a round trip that reads the country first.
 * @param write turns a value into the one that is sent; called once for each distinct value.
 */
export function valuesByCountry(
  of: (country: string) => string,
  write: (text: string) => string = (text) => text,
): ByCountry<string> {
  const usual = of(NOWHERE)
  const special = countryCodes
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
