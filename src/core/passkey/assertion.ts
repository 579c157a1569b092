import { type Context, passkeyOrigins } from '#core/context'
import type { RowOf } from '#db/use-case'
import { type Challenge, readChallenge } from './challenge.ts'
import { challengeIn } from './client-data.ts'
import type { PasskeyAssertion } from './input.ts'
import type { findPasskey } from './query/prove.ts'

/** A passkey as it is stored, with the state of its account. */
type StoredPasskey = RowOf<typeof findPasskey>

/** The challenge that was answered, and what the authenticator says of the passkey. */
type Answered = {
  readonly challenge: Challenge
  readonly counter: number
  readonly backedUp: boolean
}

/** Checks the answer of an authenticator to the challenge of a login. Null if anything about it is wrong. */
export async function checkAssertion(
  ctx: Context,
  { publicKey, rpId, userHandle }: StoredPasskey,
  { id, rawId, type, response }: PasskeyAssertion,
): Promise<Answered | null> {
  const text = challengeIn(response.clientDataJSON)
  const challenge = text === null ? null : readChallenge(ctx, { of: 'login' }, text)
  if (text === null || challenge === null || response.userHandle !== userHandle) return null
  const { isoBase64URL, verifyAuthenticationResponse } = await import('./library.ts')
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: {
        ...{ id, rawId, type, clientExtensionResults: {} },
        response: { ...response, userHandle },
      },
      expectedChallenge: text,
      expectedOrigin: passkeyOrigins(ctx.settings, ctx.deployment.publicUrl),
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
