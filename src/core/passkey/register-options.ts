import * as z from 'zod'
import { type Context, commitQuietly, rpIdOf } from '#core/context'
import { proveFreshSession, refuseElsewhere } from '#core/identity'
import { Refusal } from '#kernel/error'
import { CHALLENGE_MS, makeChallenge } from './challenge.ts'
import { Descriptor, PUBLIC_KEY } from './descriptor.ts'
import * as query from './generated/query.ts'
import { LIMIT } from './limit.ts'
import { ALGORITHMS } from './registration.ts'
import { newUserHandle } from './user-handle.ts'

/** `PublicKeyCredentialCreationOptionsJSON` of WebAuthn. */
export const PasskeyCreation = z
  .strictObject({
    rp: z.strictObject({ id: z.string(), name: z.string() }),
    user: z.strictObject({ id: z.string(), name: z.string(), displayName: z.string() }),
    challenge: z.string().meta({ description: 'Good once, for five minutes' }),
    pubKeyCredParams: z.array(z.strictObject({ type: z.literal(PUBLIC_KEY), alg: z.int() })),
    timeout: z.int(),
    excludeCredentials: z.array(Descriptor),
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
export async function startRegistration(ctx: Context): Promise<PasskeyCreation> {
  if (ctx.actor.type !== 'shopper') throw new Refusal('caller_not_allowed')
  const { id: customerId } = ctx.actor
  refuseElsewhere(ctx)
  const { found } = await commitQuietly(ctx, {
    ...proveFreshSession(ctx),
    found: query.findPerson({ tenant: ctx.tenant, customerId }),
  })
  const [person] = found
  if (person === undefined) throw new Refusal('invalid_token')
  const passkeys = found.flatMap(({ passkey }) => passkey ?? [])
  if (passkeys.length >= LIMIT) throw new Refusal('passkey_limit_reached')
  const { email, firstName, lastName } = person
  const fullName = [firstName, lastName].filter((name) => name !== null).join(' ')
  return {
    rp: { id: rpIdOf(ctx.settings), name: ctx.settings.shopName },
    user: {
      id: passkeys[0]?.userHandle ?? newUserHandle(ctx, customerId),
      name: email,
      displayName: fullName || email,
    },
    challenge: makeChallenge(ctx, { of: 'registration', customerId }),
    pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: PUBLIC_KEY, alg })),
    timeout: CHALLENGE_MS,
    // All of them: an authenticator replaces one that it is not told of.
    excludeCredentials: passkeys.map(({ credentialId: id, transports }) => ({
      type: PUBLIC_KEY,
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
