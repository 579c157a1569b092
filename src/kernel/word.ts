import { foldText } from './fold-text.ts'

const APOSTROPHES = /['`´’‘‛ʻʼʽʹʾʿˈˊˋ′‵＇｀՚׳ꞌꞋߴߵ]/g
const OTHER_BLANKS = /[\u200b\s]+/g
/** Runs of letters and digits, and runs of emoji. */
const WORD =
  /[\p{L}\p{M}\p{N}]+|[\p{Extended_Pictographic}\p{Regional_Indicator}\p{Emoji_Modifier}]+/gu
const LETTER =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\p{Script=Bopomofo}ー々〆'
const EACH_LETTER = new RegExp(`^[${LETTER}]+$`, 'u')

/** Whether all letters are Chinese, Japanese or Korean, where a word may begin at each. */
export const isUnspacedScript = (text: string): boolean => EACH_LETTER.test(text)

/** The text with blanks in the place of apostrophes. */
export const apostrophesToBlanks = (text: string): string => text.replace(APOSTROPHES, ' ')

/** The letters of a word, with their marks. */
export const lettersOf = (word: string): readonly string[] => word.match(/\P{M}\p{M}*/gu) ?? [word]

/**
 * The words of a text, folded, without punctuation. A text without letters, digits and emoji has the words that its blanks separate.
 */
export function foldedWords(written: string): string[] {
  const text = written.replace(OTHER_BLANKS, ' ').trim()
  // Folding can make another apostrophe: ŉ is ʼn.
  const folded = foldText(text.replace(APOSTROPHES, '')).replace(APOSTROPHES, '')
  return folded.match(WORD) ?? signsOf(text)
}

/** The same words, those of each piece between blanks together, but for apostrophes, which stand between words here. */
export function foldedWordsByPiece(written: string): string[][] {
  const folded = foldText(written.replace(APOSTROPHES, "'")).replace(APOSTROPHES, "'")
  const pieces = folded.split(OTHER_BLANKS).flatMap((piece) => {
    const words = piece.match(WORD)
    return words === null ? [] : [[...words]]
  })
  return pieces.length > 0 ? pieces : signsOf(written.trim()).map((sign) => [sign])
}

const signsOf = (text: string): string[] =>
  text.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC').split(/\s+/).filter(Boolean)

/** The beginning of a text, in code points. */
export const firstCodePoints = (text: string, length: number): string =>
  text.length <= length ? text : [...text].slice(0, length).join('')
