import * as z from 'zod'

type Words = { readonly error: string }

/** A text has at least so many characters (code points), or a list so many items. */
export const lengthAtLeast = (least: number, words?: Words) => ofLength(z.minLength(least, words))

/** A text has at most so many characters (code points), or a list so many items. */
export const lengthAtMost = (most: number, words?: Words) => ofLength(z.maxLength(most, words))

/**
 * Tests the length only of a text or a list. Zod tests every value that has a property `length`. In an object from JSON this property may
 * itself be an object, and comparing it with a number can throw (zod 4, `_whenHasLength` in `core/checks.ts`).
 */
function ofLength<C extends z.core.$ZodCheck<z.core.util.HasLength>>(check: C): C {
  check._zod.def.when = ({ value }) => typeof value === 'string' || Array.isArray(value)
  return check
}
