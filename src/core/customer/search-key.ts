import { plainPostalKey } from '#core/address'
import { OrderId } from '#field/order'
import { phoneEnding } from '#kernel/phone'
import { spellPhone } from '#kernel/phone-spelling'
import { LEAST_DIGITS } from './place-filter.ts'

/** A text read as something by which one customer, or few, are found. */
export type Reading =
  | { readonly kind: 'phone' | 'postalCode' | 'orderId'; readonly text: string }
  /** With words of the name beside it. */
  | { readonly kind: 'phone' | 'postalCode'; readonly text: string; readonly name: string }

/** What a search text may be besides a name and an e-mail address: an order number, a phone, a postal code, or one of these two and a name. */
export function readKeys(q: string): Reading[] {
  const text = q.trim()
  const order = OrderId.safeParse(text).success ? [{ kind: 'orderId' as const, text }] : []
  if (text.includes('@')) return order
  return [...order, ...readNumbers(text), ...besideName(text)]
}

const DIGIT = /\p{Nd}/u
const PHONE = /^\+?[0-9 ()]+$/
/** With fewer characters too many codes begin. The longest code has twelve. */
const [LEAST_CODE, LONGEST_CODE] = [3, 12]

function readNumbers(text: string): { kind: 'phone' | 'postalCode'; text: string }[] {
  if (!DIGIT.test(text)) return []
  const isPhone = PHONE.test(spellPhone(text)) && phoneEnding(text).length >= LEAST_DIGITS
  const { length } = plainPostalKey(text)
  const isCode = length >= LEAST_CODE && length <= LONGEST_CODE
  return [
    ...(isPhone ? [{ kind: 'phone' as const, text }] : []),
    ...(isCode ? [{ kind: 'postalCode' as const, text }] : []),
  ]
}

/** The numbers before and behind a name: "felix 10115", "SW1A 1AA Jones", "felix 0170 1234567". */
function besideName(text: string): Reading[] {
  const words = text.split(/\s+/)
  const first = words.findIndex((word) => !DIGIT.test(word))
  const last = words.findLastIndex((word) => !DIGIT.test(word))
  if (first === -1) return []
  // The letters of a Dutch code stand apart from its digits: 1012 AB.
  const isDutch = last === words.length - 1 && /^\p{L}{2}$/u.test(words[last] ?? '')
  const end = isDutch ? words.findLastIndex((word, i) => i < last && !DIGIT.test(word)) : last
  const sides = [
    { name: words.slice(first), number: words.slice(0, first) },
    { name: words.slice(0, end + 1), number: words.slice(end + 1) },
  ]
  return sides.flatMap(({ name, number }) =>
    name.length === 0
      ? []
      : readNumbers(number.join(' ')).map((it) => ({ ...it, name: name.join(' ') })),
  )
}
