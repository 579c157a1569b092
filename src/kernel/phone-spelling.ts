import { foldDigits } from './digit.ts'

/** Contact apps put direction marks around a number, and web pages break it softly. */
const INVISIBLE = /\p{Cf}|\p{Variation_Selector}|\u034f/gu
const SEPARATORS = /[\s\p{Pd}\u2212\u2043ー./·•∙・_]+/gu
const OPENING = /[[{]/g
const CLOSING = /[\]}]/g
/** The scheme of a link (RFC 3966), and the label on a card. */
const LABEL = /^tel[: ]+/i
const PLUS = /^[ (]*\+[ (]*(?=[0-9])/
/** Most countries dial 00 for the plus. The other prefixes, such as 011, begin national numbers elsewhere, so they are not read. */
const DOUBLE_ZERO = /^[ (]*\+?00[ )]*(?=[1-9])/
const SPELT = /^\+[0-9][0-9 ()]*$/

const MARKS = [
  'e?xtn?\\w{0,6}',
  '[x×#*~pw]',
  'доб\\p{L}*|вн\\p{L}*',
  'poste|anexo|ramal|int(?:erno|ern)?|dw|durchwahl|klappe|nst|nebenstelle|toestel|wew',
  '内線|內線|分机|分機|转|轉|내선',
].join('|')
const EXTENSION = new RegExp(
  `^(?<number>[+0-9 ()]{6,}?)(?:[,; ]*(?:${MARKS})|[,;]+)[ :=]*[0-9]{1,11}[ #]*$`,
  'iu',
)

/** A phone number with a plus, ASCII digits, blanks and round brackets, where it can be spelt so: "tel:(0044) 20.7946" → "+44 20 7946". */
export const normalizePhoneSpelling = (written: string): string =>
  foldDigits(written.normalize('NFKC'))
    .replace(INVISIBLE, '')
    .replace(SEPARATORS, ' ')
    .replace(OPENING, '(')
    .replace(CLOSING, ')')
    .trim()
    .replace(LABEL, '')
    .replace(PLUS, '+')
    .replace(DOUBLE_ZERO, '+')

/** Whether a spelt number is international, without anything after it. */
export const isInternationalPhone = (spelt: string): boolean => SPELT.test(spelt)

/** The spelt number without the extension that follows it. */
export const withoutExtension = (spelt: string): string =>
  EXTENSION.exec(spelt)?.groups?.number ?? spelt

/** Whether an extension follows the number: "ext. 5", "x5", "#5", ";ext=5". */
export const hasExtension = (spelt: string): boolean => EXTENSION.test(spelt)
