import * as z from 'zod'
import { type Context, commitWithoutKey, rpIdOf } from '#core/context'
import { freshProofStatements, mustUseEmbeddedAccounts } from '#core/identity'
import { Refusal } from '#kernel/error'
import { CHALLENGE_MS, makeChallenge } from './challenge.ts'
import { CREDENTIAL_TYPE, PasskeyDescriptor } from './descriptor.ts'
import * as query from './generated/query.ts'
import { MAX_PASSKEYS } from './max-passkeys.ts'
import { COSE_ALGORITHMS } from './registration.ts'
import { deriveUserHandle } from './user-handle.ts'

/** `PublicKeyCredentialCreationOptionsJSON` of WebAuthn. */
export const PasskeyCreation = z
  .strictObject({
    rp: z.strictObject({ id: z.string(), name: z.string() }),
    user: z.strictObject({ id: z.string(), name: z.string(), displayName: z.string() }),
    challenge: z.string().meta({ description: 'Good once, for five minutes' }),
    pubKeyCredParams: z.array(z.strictObject({ type: z.literal(CREDENTIAL_TYPE), alg: z.int() })),
    timeout: z.int(),
    excludeCredentials: z.array(PasskeyDescriptor),
    authenticatorSelection: z.strictObject({
      residentKey: z.literal('required'),
      requireResidentKey: z.literal(true),
      userVerification: z.literal('required'),
    }),
    attestation: z.literal('none'),
  })
  .meta({ id: 'PasskeyCreation' })
export type PasskeyCreation = z.output<typeof PasskeyCreation>

/**
 * What a browser needs to make a passkey for the caller's own account. Refuses `fresh_proof_required`, `passkey_limit_reached`,
 * `identity_elsewhere`.
 */
export async function makeRegistrationOptions(ctx: Context): Promise<PasskeyCreation> {
  if (ctx.actor.type !== 'shopper') throw new Refusal('caller_not_allowed')
  const { id: customerId } = ctx.actor
  mustUseEmbeddedAccounts(ctx)
  const { found } = await commitWithoutKey(ctx, {
    ...freshProofStatements(ctx),
    found: query.findPasskeyOwner({ tenant: ctx.tenant, customerId }),
  })
  const [person] = found
  if (person === undefined) throw new Refusal('invalid_token')
  const passkeys = found.flatMap(({ passkey }) => passkey ?? [])
  if (passkeys.length >= MAX_PASSKEYS) throw new Refusal('passkey_limit_reached')
  const { email, firstName, lastName } = person
  const fullName = [firstName, lastName].filter((name) => name !== null).join(' ')
  return {
    rp: { id: rpIdOf(ctx.settings), name: ctx.settings.shopName },
    user: {
      id: passkeys[0]?.userHandle ?? deriveUserHandle(ctx, customerId),
      name: email,
      displayName: fullName || email,
    },
    challenge: makeChallenge(ctx, { of: 'registration', customerId }),
    pubKeyCredParams: COSE_ALGORITHMS.map((alg) => ({ type: CREDENTIAL_TYPE, alg })),
    timeout: CHALLENGE_MS,
    // All of them: an authenticator replaces one that it is not told of.
    excludeCredentials: passkeys.map(({ credentialId: id, transports }) => ({
      type: CREDENTIAL_TYPE,
      id,
      transports,
    })),
    authenticatorSelection: {
      residentKey: 'required',
      requireResidentKey: true,
      userVerification: 'required',
    },
    attestation: 'none',
  }
}
