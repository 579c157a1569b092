import { foldDigits } from './digit.ts'

/** The accents of Latin, Greek and Cyrillic letters. */
const ACCENTS = /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\ufe20-\ufe2f]/g
/** Marks that writers of Arabic, Hebrew, Samaritan and Syriac may leave out: vowels, hamza and madda beside a letter, cantillation. */
const OPTIONAL_MARKS =
  /(?=\p{Mn})[\p{Script_Extensions=Arabic}\p{Script_Extensions=Hebrew}\p{Script_Extensions=Samaritan}\p{Script_Extensions=Syriac}]/gu
/** Joiners, direction marks, soft hyphens, variation selectors; tatweel, and a hamza of its own. */
const LEFT_OUT = /[\p{Default_Ignorable_Code_Point}\p{Cf}\u0640\u0621\u0674]/gu

/** Letters, each with the one that is written in its place: by habit, on another keyboard, or within a word. */
const LETTERS: ReadonlyMap<string, string> = new Map(
  `ß ss, æ ae, œ oe, ø o, ł l, đ d, ð d, þ th, ħ h, ŧ t, ı i, ς σ,
   ٱ ا, ٲ ا, ٳ ا, ى ي, ی ي, ې ي, ک ك, ڪ ك, ة ه, ہ ه, ە ه, ۃ ه, ھ ه,
   ך כ, ם מ, ן נ, ף פ, ץ צ, װ וו, ױ וי, ײ יי`
    .split(/,\s+/)
    .map((pair) => {
      const [letter = '', written = ''] = pair.split(' ')
      return [letter, written]
    }),
)
const SPECIAL = new RegExp(`[${[...LETTERS.keys()].join('')}]`, 'g')

const KATAKANA = /[\u30a1-\u30f6\u30fd\u30fe]/g
const TO_HIRAGANA = 'ァ'.charCodeAt(0) - 'ぁ'.charCodeAt(0)

/**
 * The text without what writers and searchers leave out: case, width (NFKC), the script of digits, the accents of Latin, Greek and
 * Cyrillic letters, the optional marks of scripts from right to left, invisible characters. Arabic and Persian forms of a letter are
 * one, and so are katakana and hiragana. Marks of other scripts are letters and stay. Folding twice is folding once.
 */
export function foldText(text: string): string {
  return foldCase(foldDigits(text).normalize('NFKD'))
    .normalize('NFKD')
    .replace(LEFT_OUT, '')
    .replace(ACCENTS, '')
    .replace(OPTIONAL_MARKS, '')
    .replace(SPECIAL, (letter) => LETTERS.get(letter) ?? letter)
    .replace(KATAKANA, (letter) => String.fromCharCode(letter.charCodeAt(0) - TO_HIRAGANA))
    .normalize('NFC')
}

/** Small letters alone differ where two have one capital: ᾳ and αι, ſ and s. */
const foldCase = (text: string): string => text.toUpperCase().toLowerCase()
