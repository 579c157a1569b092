import { type Context, commit, commitQuietly } from '#core/context'
import { proveFreshSession, refuseElsewhere } from '#core/identity'
import { mailing } from '#core/mail'
import { appending } from '#core/outbox'
import { Refusal } from '#kernel/error'
import { newId } from '#kernel/id'
import { deviceName } from './device-name.ts'
import * as query from './generated/query.ts'
import type { RegisterPasskey } from './input.ts'
import { LIMIT } from './limit.ts'
import { readRegistration } from './registration.ts'
import { newUserHandle } from './user-handle.ts'
import { type Passkey, toPasskey } from './view.ts'

/**
 * Adds a passkey to the caller's own account. A mail tells the owner. Refuses `fresh_proof_required`, `passkey_invalid`, `passkey_exists`,
 * `passkey_limit_reached`, `identity_elsewhere`.
 */
export async function registerPasskey(ctx: Context, input: RegisterPasskey): Promise<Passkey> {
  if (ctx.actor.type !== 'shopper') throw new Refusal('caller_not_allowed')
  const { id: customerId } = ctx.actor
  refuseElsewhere(ctx)
  const made = await readRegistration(ctx, customerId, input)
  if (made === null) {
    // A caller who has lost the session learns nothing else.
    await commitQuietly(ctx, proveFreshSession(ctx))
    throw new Refusal('passkey_invalid')
  }
  const { added } = await commit(ctx, {
    ...proveFreshSession(ctx),
    added: query.registerPasskey({
      ...appending(ctx),
      ...mailing(ctx),
      ...made.challenge,
      ...made.passkey,
      id: newId('passkey', ctx.now),
      customerId,
      userHandle: newUserHandle(ctx, customerId),
      name: input.name ?? deviceName(ctx.caller?.userAgent ?? null),
      limit: LIMIT,
    }),
  })
  return toPasskey(added[0])
}
