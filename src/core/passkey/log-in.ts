import { type Context, commit } from '#core/context'
import { releaseTryNow } from '#core/identity'
import { prepareSessionOpening, type Session } from '#core/session'
import { Refusal, type RefusalCode } from '#kernel/error'
import type { PasskeyAssertion } from './input.ts'
import { provePasskey } from './prove.ts'

/** Opens a session for a passkey. Refuses as `provePasskeyLogin` does. */
export async function logInByPasskey(ctx: Context, assertion: PasskeyAssertion): Promise<Session> {
  const { customerId, entry, proof, logReuse } = await provePasskeyLogin(ctx, assertion)
  const { statements, handOver } = await prepareSessionOpening(ctx, { customerId, entry })
  const results = await commit(ctx, { ...proof, ...statements })
  logReuse(results)
  return handOver(results)
}

/**
 * Checks a passkey of an account that may log in. Refuses `invalid_credentials` for every fault in it, `too_many_attempts`,
 * `identity_elsewhere`, and with the right one `email_unverified`, `customer_disabled`.
 */
export async function provePasskeyLogin(ctx: Context, assertion: PasskeyAssertion) {
  const { status, tried, ...proven } = await provePasskey(ctx, assertion)
  const closed = closedTo(ctx, status)
  if (closed !== null) {
    await releaseTryNow(ctx, tried, { forget: true })
    throw new Refusal(closed)
  }
  return proven
}

/** The reason why nobody may log in to an account, not even its owner; null if the owner may. */
function closedTo({ settings }: Context, status: string): RefusalCode | null {
  if (status === 'disabled') return 'customer_disabled'
  const mustVerify = status === 'unverified' && settings.require_email_verification
  return mustVerify ? 'email_unverified' : null
}
