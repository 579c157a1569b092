import { foldDigits } from './digit.ts'

const ACCENTS = /[\u0300-\u036f]/g
const SPECIAL = /[ßæœøłđðþħıς]/g
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ς: 'σ',
}

/**
 * The text without case, width (NFKC) and the accents of Latin, Greek and Cyrillic letters, which searchers
 * leave out. Marks of other scripts stay, for there they are letters. Folding twice is folding once.
 */
export function fold(text: string): string {
  return foldDigits(text)
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replace(ACCENTS, '')
    .replace(SPECIAL, (letter) => LETTERS[letter] ?? letter)
    .normalize('NFC')
}
