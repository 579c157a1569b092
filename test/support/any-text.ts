import fc from 'fast-check'

type Size = { readonly minLength?: number; readonly maxLength?: number }

const SURROGATES = 0xd800
const BEYOND = 0xe000

/** Every character of Unicode, given out or not. */
const character = fc
  .integer({ min: 0, max: 0x10ffff - (BEYOND - SURROGATES) })
  .map((n) => String.fromCodePoint(n < SURROGATES ? n : n + BEYOND - SURROGATES))

/** Names that objects of JavaScript have, whatever is kept in them. */
const inherited = ['__proto__', 'constructor', 'hasOwnProperty', 'toString', 'valueOf', 'length']

/**
 * Any text, its length in characters. The unit `binary` of fast-check makes it too, out of a table of all characters: each process takes
 * two seconds to make that table, and keeps a hundred megabytes of it.
 */
export function anyText({ minLength = 0, maxLength }: Size = {}): fc.Arbitrary<string> {
  const size = { minLength, ...(maxLength === undefined ? {} : { maxLength }) }
  const characters = fc.array(character, size).map((all) => all.join(''))
  const fitting = inherited.filter(
    ({ length }) => length >= minLength && length <= (maxLength ?? length),
  )
  if (fitting.length === 0) return characters
  return fc.oneof({ weight: 19, arbitrary: characters }, fc.constantFrom(...fitting))
}
