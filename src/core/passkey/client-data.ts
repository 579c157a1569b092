import * as z from 'zod'

/** What a browser says of the page that has asked (WebAuthn, 5.8.1). */
const ClientData = z.object({
  challenge: z.string(),
  crossOrigin: z.boolean().optional(),
  topOrigin: z.string().optional(),
})

/**
 * The challenge that an authenticator has answered; null for a text that is none, and for a page within a page of another site: whose
 * frame it is could lead a person to use a passkey unknowingly. The library takes such pages in part.
 */
export function challengeIn(clientDataJSON: string): string | null {
  try {
    const said = ClientData.parse(
      JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8')),
    )
    return said.crossOrigin === true || said.topOrigin !== undefined ? null : said.challenge
  } catch {
    return null
  }
}
