import { foldText } from '#kernel/fold-text'
import { countCodePoints } from '#kernel/text'
import { COMMON_PASSWORDS } from './common-passwords.ts'
import { foldForCommonPasswords } from './fold-for-common-passwords.ts'

/** NIST SP 800-63B and ASVS 6.2.1; no setting goes below. */
const LEAST = 8
const MAX_BYTES = 256
/** Shorter words are part of too many others. */
const WORD_LENGTH = 4

type PasswordRules = {
  /** Code points. */
  readonly minLength: number
  /** The words that are tried first: the name in the e-mail address, the name of the shop. */
  readonly words: readonly string[]
}

type PasswordProblem = {
  readonly path: 'password'
  readonly code:
    | 'password_malformed'
    | 'password_too_short'
    | 'password_too_long'
    | 'password_too_common'
    | 'password_too_guessable'
  /** A fixed sentence. */
  readonly message: string
}

/**
 * The problems of a new password: its length, a common password, or little more than words of the account. Its folded form is judged
 * (see {@link foldForCommonPasswords}), so that no spelling of a bad password passes. There is no rule about the kinds of characters.
 */
export function passwordProblems(password: string, rules: PasswordRules): PasswordProblem[] {
  const minLength = Math.max(LEAST, rules.minLength)
  const text = password.normalize('NFC')
  if (!text.isWellFormed()) return [problem('password_malformed', 'Must be valid Unicode.')]
  const judged = foldForCommonPasswords(text)
  // A ligature is one character to type, though its letters are more.
  if (Math.min(countCodePoints(judged), countCodePoints(text)) < minLength) {
    return [problem('password_too_short', `Must have at least ${minLength} characters.`)]
  }
  if (Buffer.byteLength(text) > MAX_BYTES) {
    return [problem('password_too_long', `Must have at most ${MAX_BYTES} bytes.`)]
  }
  if (isCommon(judged)) {
    return [problem('password_too_common', 'Must not be a password that many people use.')]
  }
  if (lengthWithout(rules.words, judged) < LEAST) {
    return [
      problem(
        'password_too_guessable',
        `Must have at least ${LEAST} characters besides your e-mail name and the name of the shop.`,
      ),
    ]
  }
  return []
}

const problem = (code: PasswordProblem['code'], message: string): PasswordProblem => ({
  path: 'password',
  code,
  message,
})

let common: ReadonlySet<string> | undefined

function isCommon(judged: string): boolean {
  common ??= readCommon()
  return common.has(judged)
}

function readCommon(): ReadonlySet<string> {
  const passwords = new Set<string>()
  let before = ''
  for (const entry of COMMON_PASSWORDS.trim().split(/\s/)) {
    before = before.slice(0, Number.parseInt(entry.charAt(0), 36)) + entry.slice(1)
    passwords.add(before)
  }
  return passwords
}

/** The length of the password without the words in any of their spellings. */
function lengthWithout(words: readonly string[], password: string): number {
  const whole = plain(password)
  const rest = spellings(words).reduce((left, word) => left.replaceAll(word, ''), whole)
  return countCodePoints(password) - (countCodePoints(whole) - countCodePoints(rest))
}

/** The words and their parts, the longest first: "Jane.Doe" is found as "janedoe" and "jane". */
function spellings(words: readonly string[]): string[] {
  const parts = words.flatMap((word) => [word, ...word.split(/[^\p{L}\p{M}\p{N}]+/u)])
  return [...new Set(parts.map(plain))]
    .filter((word) => countCodePoints(word) >= WORD_LENGTH)
    .sort((a, b) => b.length - a.length)
}

const plain = (text: string): string => foldText(text).replace(/[^\p{L}\p{M}\p{N}]/gu, '')
