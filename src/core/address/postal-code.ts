import { ruleOf } from './table.ts'

const NOT_COUNTED = /[\s.\p{Pd}\u2212〒ー]/gu

/**
 * A postal code in the form that is compared: narrow capitals without spaces, hyphens and the prefix of its
 * country. "k1a 0b1" → "K1A0B1", "L-1009" → "1009".
 */
export function postalKey(country: string, written: string): string {
  const key = written.normalize('NFKC').toUpperCase().replace(NOT_COUNTED, '')
  const prefix = ruleOf(country)?.postalPrefix
  return prefix && key.startsWith(prefix) ? key.slice(prefix.length) : key
}

/** Whether a postal code has the form of its country; true where no form is known. */
export function isPostalCode(country: string, written: string): boolean {
  return ruleOf(country)?.postalCode?.test(postalKey(country, written)) ?? true
}
