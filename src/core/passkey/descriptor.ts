import * as z from 'zod'

export const CREDENTIAL_TYPE = 'public-key'

/** A passkey as a browser is told of it: `PublicKeyCredentialDescriptorJSON` of WebAuthn. */
export const PasskeyDescriptor = z.strictObject({
  type: z.literal(CREDENTIAL_TYPE),
  id: z.string(),
  transports: z.array(z.string()),
})
