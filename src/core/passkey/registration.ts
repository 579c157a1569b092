import { type Context, rpIdOf } from '#core/context'
import { type Challenge, readChallenge } from './challenge.ts'
import { readClientData } from './client-data.ts'
import type { RegisterPasskey } from './input.ts'

/** EdDSA, ES256 and RS256. The library's own list begins with algorithms that few authenticators know. */
export const COSE_ALGORITHMS = [-8, -7, -257]

/** An RSA key of 4,096 bits has 540. A much larger one would only make each login slow. */
const MOST_KEY_BYTES = 1024

/**
 * Reads the answer of an authenticator that has made a passkey for a customer. Null if anything about it is wrong. The reason is not shown, because the library's messages contain values of the input and the settings.
 */
export async function checkRegistration(
  ctx: Context,
  customerId: string,
  { id, rawId, type, response }: RegisterPasskey,
) {
  const said = readClientData(ctx, response.clientDataJSON)
  if (said === null) return null
  const challenge = readChallenge(ctx, { of: 'registration', customerId }, said.challenge)
  if (challenge === null) return null
  const rpId = rpIdOf(ctx.settings)
  const { verifyRegistrationResponse, ...library } = await import('./webauthn-library.ts')
  try {
    const { registrationInfo } = await verifyRegistrationResponse({
      response: {
        ...{ id, rawId, type, clientExtensionResults: {} },
        response: {
          ...response,
          attestationObject: withoutAttestation(library, response.attestationObject),
        },
      },
      expectedChallenge: said.challenge,
      expectedOrigin: said.origins,
      expectedRPID: rpId,
      requireUserVerification: true,
      supportedAlgorithmIDs: COSE_ALGORITHMS,
    })
    if (registrationInfo?.credential.id !== id) return null
    const { credential, aaguid, credentialDeviceType, credentialBackedUp } = registrationInfo
    if (credential.publicKey.length > MOST_KEY_BYTES) return null
    return {
      challenge,
      passkey: {
        credentialId: id,
        publicKey: library.isoBase64URL.fromBuffer(credential.publicKey),
        counter: credential.counter,
        transports: response.transports,
        deviceType: credentialDeviceType,
        backedUp: credentialBackedUp,
        rpId,
        aaguid,
      },
    } satisfies { challenge: Challenge; passkey: object }
  } catch {
    return null
  }
}

type Library = Pick<
  typeof import('./webauthn-library.ts'),
  'decodeAttestationObject' | 'isoBase64URL' | 'isoCBOR'
>

/**
 * The attestation object without the attestation statement. The service does not ask for one, but some authenticators send it. For it, the library would parse certificates and fetch revocation lists from URLs in them.
 */
function withoutAttestation(
  { decodeAttestationObject, isoBase64URL, isoCBOR }: Library,
  text: string,
): string {
  const authData = decodeAttestationObject(isoBase64URL.toBuffer(text)).get('authData')
  const bare = new Map<string, string | Uint8Array | Map<string, never>>([
    ['fmt', 'none'],
    ['attStmt', new Map<string, never>()],
    ['authData', authData],
  ])
  return isoBase64URL.fromBuffer(isoCBOR.encode(bare))
}
