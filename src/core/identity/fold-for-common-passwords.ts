import { foldText } from '#kernel/fold-text'

/** Characters that nobody sees or has to type: controls, formats, fillers, the blank of Braille; and the marks of letters. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800\p{M}]/gu

/**
 * The form in which a new password is compared with common ones. It drops width and compatibility forms (NFKC), case, marks, invisible characters and outer blanks. An attacker who guesses passwords tries other spellings of a common one too. The service hashes the password as it was typed.
 */
export const foldForCommonPasswords = (password: string): string =>
  // In capitals first, which folds more than small letters do: ß becomes SS.
  foldText(password.toUpperCase().normalize('NFKD').replace(UNSEEN, '')).replace(UNSEEN, '').trim()
