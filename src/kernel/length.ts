import * as z from 'zod'

type Words = { readonly error: string }

/** At least so many UTF-16 units of a text, or items of a list. */
export const atLeast = (least: number, words?: Words) => ofLength(z.minLength(least, words))

/** At most so many UTF-16 units of a text, or items of a list. */
export const atMost = (most: number, words?: Words) => ofLength(z.maxLength(most, words))

/**
 * Zod tests the length of everything that has one, also of what is neither text nor list: an object in its place may have a `length` that
 * is no number, and the comparison throws. (zod 4, `_whenHasLength` in `core/checks.ts`.)
 */
function ofLength<C extends z.core.$ZodCheck<z.core.util.HasLength>>(check: C): C {
  check._zod.def.when = ({ value }) => typeof value === 'string' || Array.isArray(value)
  return check
}
