import * as z from 'zod'
import { type Context, passkeyOrigins } from '#core/context'
import { isLoopbackOrigin } from '#kernel/host'

/** What a browser says of the page that has asked (WebAuthn, 5.8.1). */
const ClientData = z.object({
  challenge: z.string(),
  origin: z.string(),
  crossOrigin: z.boolean().optional(),
  topOrigin: z.string().optional(),
})

/** The answered challenge, and the allowed origins of the page. */
type Said = { readonly challenge: string; readonly origins: string[] }

/**
 * Reads the client data of an authenticator's answer. Null for any other text, and for a page in a frame of another site: that site could make a person use a passkey unknowingly. The library accepts some such pages. In development, a page on this machine may use any port, as for CORS. Its domain must be the passkeys' domain.
 */
export function readClientData(
  { settings, deployment }: Pick<Context, 'settings' | 'deployment'>,
  clientDataJSON: string,
): Said | null {
  try {
    const { challenge, origin, crossOrigin, topOrigin } = ClientData.parse(
      JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8')),
    )
    if (crossOrigin === true || topOrigin !== undefined) return null
    const local = deployment.development && isLoopbackOrigin(origin) ? [origin] : []
    const shop = { ...settings, cors_origins: [...settings.cors_origins, ...local] }
    return { challenge, origins: passkeyOrigins(shop, deployment.publicUrl) }
  } catch {
    return null
  }
}
