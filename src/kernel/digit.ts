const DIGIT = /\p{Nd}/u
const DIGITS = /\p{Nd}/gu

/** The text with the decimal digits of every script as ASCII digits: `٩٤١٠٣` and `９４１０３` → `94103`. */
export const foldDigits = (text: string): string =>
  text.replace(DIGITS, (digit) => String(digitOf(digit.codePointAt(0) ?? 0)))

/** Unicode has the ten digits of a script side by side, from zero to nine. */
function digitOf(digit: number): number {
  let before = digit
  while (DIGIT.test(String.fromCodePoint(before - 1))) before--
  return (digit - before) % 10
}
