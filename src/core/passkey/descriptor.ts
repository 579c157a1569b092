import * as z from 'zod'

export const PUBLIC_KEY = 'public-key'

/** A passkey as a browser is told of it: `PublicKeyCredentialDescriptorJSON` of WebAuthn. */
export const Descriptor = z.strictObject({
  type: z.literal(PUBLIC_KEY),
  id: z.string(),
  transports: z.array(z.string()),
})
