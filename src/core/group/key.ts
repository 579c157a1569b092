import { createHash } from 'node:crypto'
import { cleanTextSchema } from '#kernel/text'

const KEY = /^[a-z0-9][a-z0-9_-]{0,63}$/
/** A key that was made from a text that was no key. It stays as it is when it is read again. */
const MADE_KEY = /^[a-z0-9][a-z0-9_-]{0,54}-[0-9a-f]{8}$/

const LATIN_ACCENTS = /(\p{Script=Latin})(\p{M}+)/gu
const ACCENTS = /[\u0300-\u036f]/g
const BLANKS_AND_DASHES = /[\s\p{Pd}\u2212]+/gu
const NO_KEY_CHARACTERS = /[^a-z0-9_-]+/g
const KEPT = 55
const HASHED = 8

/**
 * The key of a group for any text that names it. Two texts have the same key if they differ only in case, width, accents of Latin letters, blanks or dashes: `VIP` → `vip`, `Händler` → `handler`, `Wholesale – EU` → `wholesale-eu`. A text that is no key
 * after that keeps its letters a to z and digits, and gets a hash: `A+` → `a-85e200cd`. A key is its own key.
 */
export function groupKey(written: string): string {
  const plain = withoutLatinAccents(
    written.normalize('NFKC').toLowerCase().replaceAll('ß', 'ss'),
  ).trim()
  if (MADE_KEY.test(plain)) return plain
  const text = plain.replace(BLANKS_AND_DASHES, '-')
  if (KEY.test(text)) return text
  const left = text.replace(NO_KEY_CHARACTERS, '').replace(/^[-_]+/, '') || 'g'
  const hash = createHash('sha256').update(text).digest('hex')
  return `${left.slice(0, KEPT)}-${hash.slice(0, HASHED)}`
}

const withoutLatinAccents = (text: string): string =>
  text
    .normalize('NFD')
    .replace(
      LATIN_ACCENTS,
      (_, letter: string, marks: string) => letter + marks.replace(ACCENTS, ''),
    )
    .normalize('NFC')

/** The text by which a caller names a group: its key or its name, in any spelling. The key follows from it. */
export const GroupKeyOrName = cleanTextSchema(100).meta({
  description:
    "A group's key or name. Case, accents of Latin letters, blanks and dashes do not matter: `VIP` is `vip`",
  examples: ['vip'],
})

/** A {@link GroupKeyOrName}, read as the key. */
export const GroupKey = GroupKeyOrName.overwrite(groupKey)
