import type { Context } from '#core/context'
import type { RowOf } from '#db/use-case'
import { type Challenge, readChallenge } from './challenge.ts'
import { readClientData } from './client-data.ts'
import type { PasskeyAssertion } from './input.ts'
import type { findPasskey } from './query/find-and-spend-challenge.ts'

/** A passkey as it is stored, with the state of its account. */
type StoredPasskey = RowOf<typeof findPasskey>

/** The challenge that was answered, and what the authenticator says of the passkey. */
type Answered = {
  readonly challenge: Challenge
  readonly counter: number
  readonly backedUp: boolean
}

/** Checks the answer of an authenticator to the challenge of a login. Null if anything about it is wrong. */
export async function checkPasskeyAssertion(
  ctx: Context,
  { publicKey, rpId, userHandle }: StoredPasskey,
  { id, rawId, type, response }: PasskeyAssertion,
): Promise<Answered | null> {
  const said = readClientData(ctx, response.clientDataJSON)
  if (said === null || response.userHandle !== userHandle) return null
  const challenge = readChallenge(ctx, { of: 'login' }, said.challenge)
  if (challenge === null) return null
  const { isoBase64URL, verifyAuthenticationResponse } = await import('./webauthn-library.ts')
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: {
        ...{ id, rawId, type, clientExtensionResults: {} },
        response: { ...response, userHandle },
      },
      expectedChallenge: said.challenge,
      expectedOrigin: said.origins,
      expectedRPID: rpId,
      requireUserVerification: true,
      // The library compares counters before it checks the signature: a forgery would look like a copied passkey.
      credential: { id, publicKey: isoBase64URL.toBuffer(publicKey), counter: 0 },
    })
    const { newCounter: counter, credentialBackedUp: backedUp } = authenticationInfo
    return verified ? { challenge, counter, backedUp } : null
  } catch {
    return null
  }
}
