import { type Context, commit, commitWithoutKey } from '#core/context'
import { freshProofStatements, mustUseEmbeddedAccounts } from '#core/identity'
import { newMailValues } from '#core/mail'
import { newEventValues } from '#core/outbox'
import { inputValues } from '#db/input-fields'
import { Refusal } from '#kernel/error'
import { newId } from '#kernel/id'
import { deviceName } from './device-name.ts'
import { passkeyFields } from './field-list.ts'
import * as query from './generated/query.ts'
import type { RegisterPasskey } from './input.ts'
import { MAX_PASSKEYS } from './max-passkeys.ts'
import { checkRegistration } from './registration.ts'
import { deriveUserHandle } from './user-handle.ts'
import { type Passkey, toPasskey } from './view.ts'

/**
 * Adds a passkey to the caller's own account. A mail tells the owner. Refuses `fresh_proof_required`, `passkey_invalid`, `passkey_exists`,
 * `passkey_limit_reached`, `identity_elsewhere`.
 */
export async function registerPasskey(ctx: Context, input: RegisterPasskey): Promise<Passkey> {
  if (ctx.actor.type !== 'shopper') throw new Refusal('caller_not_allowed')
  const { id: customerId } = ctx.actor
  mustUseEmbeddedAccounts(ctx)
  const made = await checkRegistration(ctx, customerId, input)
  if (made === null) {
    // A caller who has lost the session learns nothing else.
    await commitWithoutKey(ctx, freshProofStatements(ctx))
    throw new Refusal('passkey_invalid')
  }
  const { added } = await commit(ctx, {
    ...freshProofStatements(ctx),
    added: query.registerPasskey({
      ...newEventValues(ctx),
      ...newMailValues(ctx),
      ...made.challenge,
      ...made.passkey,
      ...inputValues(passkeyFields, input),
      id: newId('passkey', ctx.now),
      customerId,
      userHandle: deriveUserHandle(ctx, customerId),
      name: input.name ?? deviceName(ctx.caller?.userAgent ?? null),
      limit: MAX_PASSKEYS,
    }),
  })
  return toPasskey(added[0])
}
