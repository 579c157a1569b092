import { plainPostalKey } from '#core/address'
import { OrderId } from '#field/order'
import { phoneEnding } from '#kernel/phone'
import { normalizePhoneSpelling } from '#kernel/phone-spelling'
import { LEAST_PHONE_DIGITS } from './address-filters.ts'

/** A text read as something by which one customer, or few, are found. */
export type SearchKeyReading = {
  readonly kind: 'phone' | 'postalCode' | 'orderId'
  readonly text: string
  /** The other words of the search, which are words of the name; null without any. */
  readonly name: string | null
}

/** What a search text may be besides a name and an e-mail address: an order number, a phone or a postal code, alone or beside a name. */
export function readSearchKeys(q: string): SearchKeyReading[] {
  const text = q.trim()
  const order = readOrder(text, null)
  return text.includes('@') ? order : [...order, ...readNumber(text, null), ...besideName(text)]
}

const readOrder = (text: string, name: string | null): SearchKeyReading[] =>
  OrderId.safeParse(text).success ? [{ kind: 'orderId', text, name }] : []

const DIGIT = /\p{Nd}/u
const PHONE = /^\+?[0-9 ()]+$/
/** With fewer characters too many codes begin. The longest code has twelve. */
const [LEAST_CODE, LONGEST_CODE] = [3, 12]

function readNumber(text: string, name: string | null): SearchKeyReading[] {
  if (!DIGIT.test(text)) return []
  const isPhone =
    PHONE.test(normalizePhoneSpelling(text)) && phoneEnding(text).length >= LEAST_PHONE_DIGITS
  const { length } = plainPostalKey(text)
  const isCode = length >= LEAST_CODE && length <= LONGEST_CODE
  return [
    ...(isPhone ? [{ kind: 'phone', text, name } as const] : []),
    ...(isCode ? [{ kind: 'postalCode', text, name } as const] : []),
  ]
}

/** The number before, behind or between the words of a name: "felix 10115", "SW1A 1AA Jones", "Anna ORDER-17 Lee". */
function besideName(text: string): SearchKeyReading[] {
  const words = text.split(/\s+/)
  return numbersIn(words).flatMap(({ from, to }) => {
    const name = words.toSpliced(from, to - from).join(' ')
    const number = words.slice(from, to).join(' ')
    return name === '' ? [] : [...readOrder(number, name), ...readNumber(number, name)]
  })
}

/** Places in a list of words, up to before another. */
type Run = { readonly from: number; readonly to: number }

/** The words that may be a number. A name may have one of its own, so of several the first or the last is meant. */
function numbersIn(words: readonly string[]): Run[] {
  const runs = runsIn(words)
  const ends = runs.filter((run) => run === runs.at(0) || run === runs.at(-1))
  return ends.flatMap((run) => (isDutch(words, run) ? [run, { ...run, to: run.to + 1 }] : [run]))
}

/** The runs of words with digits. Signs alone may stand within: "030 / 1234567". */
function runsIn(words: readonly string[]): Run[] {
  const runs: Run[] = []
  for (const [i, word] of words.entries()) {
    if (!DIGIT.test(word)) continue
    const last = runs.at(-1)
    const goesOn = last !== undefined && words.slice(last.to, i).every((it) => SIGNS.test(it))
    if (goesOn) runs.pop()
    runs.push({ from: goesOn ? last.from : i, to: i + 1 })
  }
  return runs
}

const SIGNS = /^[^\p{L}\p{M}\p{N}]+$/u

/** The letters of a Dutch code stand apart from its digits: 1012 AB. */
const isDutch = (words: readonly string[], { from, to }: Run): boolean =>
  to - from === 1 && /^\p{Nd}{4}$/u.test(words[from] ?? '') && /^\p{L}{2}$/u.test(words[to] ?? '')
