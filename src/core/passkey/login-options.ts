import * as z from 'zod'
import { type Context, read, rpIdOf } from '#core/context'
import { mustUseEmbeddedAccounts } from '#core/identity'
import { CHALLENGE_MS, makeChallenge } from './challenge.ts'
import { PasskeyDescriptor } from './descriptor.ts'

/** `PublicKeyCredentialRequestOptionsJSON` of WebAuthn. */
export const PasskeyRequest = z
  .strictObject({
    challenge: z.string().meta({ description: 'Good once, for five minutes' }),
    timeout: z.int(),
    rpId: z.string(),
    allowCredentials: z
      .array(PasskeyDescriptor)
      .meta({ description: 'Empty: the authenticator knows the owners of its passkeys' }),
    userVerification: z.literal('required'),
  })
  .meta({ id: 'PasskeyRequest' })
export type PasskeyRequest = z.output<typeof PasskeyRequest>

/** What a browser needs to ask for a passkey. It is the same for everybody, and nothing is stored. Refuses `identity_elsewhere`. */
export async function makeLoginOptions(ctx: Context): Promise<PasskeyRequest> {
  mustUseEmbeddedAccounts(ctx)
  // The session of a shopper who asks must be alive, as everywhere.
  if (ctx.actor.type === 'shopper') await read(ctx, {})
  return {
    challenge: makeChallenge(ctx, { of: 'login' }),
    timeout: CHALLENGE_MS,
    rpId: rpIdOf(ctx.settings),
    allowCredentials: [],
    userVerification: 'required',
  }
}
