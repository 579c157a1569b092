import * as z from 'zod'
import { lengthAtMost } from '#kernel/length'

const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu
/** Subject, id and secret. A letter or digit at either end, also after a dot or dash, means that the text is not a token. */
const TOKEN =
  /(?<![A-Za-z0-9][._-]{0,3})[a-z]{2,8}_[0-9a-z]{26}\.[a-z]{2,8}_[0-9a-z]{26}\.[\w-]{43}(?![._-]{0,3}[A-Za-z0-9])/

/**
 * The token in a text that was copied from a mail: without the blanks, line ends, quotes, brackets and punctuation around it, and without
 * the link that it stands in. A text without a token stays as it is, and is refused as any invalid token.
 */
export function mailTokenInText(pasted: string): string {
  const text = pasted.replace(INVISIBLE, '')
  for (const reading of [text, joined(text), unescaped(text)]) {
    const [token] = TOKEN.exec(reading) ?? []
    if (token !== undefined) return token
  }
  return pasted
}

/** A mail reader may have broken the token into lines. */
const joined = (text: string): string => text.replace(/\s/g, '')

/** The link may stand within another link. */
const unescaped = (text: string): string =>
  text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )

/** The token of a link in a mail, in every body that takes one. */
export const PastedMailToken = z
  .string({ error: 'Must be text.' })
  .check(lengthAtMost(4000, { error: 'Must be at most 4000 characters long.' }))
  .overwrite(mailTokenInText)
  .meta({
    description:
      'The token of the link in the mail, or the whole link. The service drops characters that copying adds: blanks, line ends, invisible characters, quotes, brackets and punctuation around it.',
  })
