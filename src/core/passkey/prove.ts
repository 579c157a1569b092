import { type Context, commitWithoutKey } from '#core/context'
import {
  mustUseEmbeddedAccounts,
  readCountedTryOrRefuse,
  releaseTryCall,
  reserveTryCall,
  tryOfUnguessableProof,
} from '#core/identity'
import { newEventValues } from '#core/outbox'
import { Refusal } from '#kernel/error'
import { log } from '#kernel/log'
import { checkPasskeyAssertion } from './assertion.ts'
import * as query from './generated/query.ts'
import type { PasskeyAssertion } from './input.ts'

/** Accounts that have a login, whether or not it is open at present. */
const withLogin: ReadonlySet<string> = new Set(['unverified', 'active', 'disabled'])

/**
 * Checks a proof by a passkey. The try is counted before it is made. The statements of `proof` belong at the head of the commit that
 * follows: `still` locks the customer and spends the challenge, `released` takes the try off the count. Refuses `invalid_credentials` for
 * whatever is wrong, `too_many_attempts`, `identity_elsewhere`.
 */
export async function provePasskey(ctx: Context, assertion: PasskeyAssertion) {
  const { tenant } = ctx
  mustUseEmbeddedAccounts(ctx)
  const asked = tryOfUnguessableProof(ctx, `passkey ${assertion.id}`)
  const { reserved, found } = await commitWithoutKey(ctx, {
    reserved: reserveTryCall(ctx, asked),
    found: query.findPasskey({ tenant, credentialId: assertion.id }),
  })
  const tried = readCountedTryOrRefuse(ctx, asked, reserved)
  const [passkey] = found
  const answered =
    passkey === undefined || !withLogin.has(passkey.status)
      ? null
      : await checkPasskeyAssertion(ctx, passkey, assertion)
  if (passkey === undefined || answered === null) throw new Refusal('invalid_credentials')
  const { id, customerId, status } = passkey
  const { challenge, counter, backedUp } = answered
  return {
    ...{ customerId, status, tried },
    entry: { by: 'passkey' as const },
    proof: {
      still: query.spendChallengeAndLockCustomer({
        ...newEventValues(ctx),
        ...challenge,
        ...{ id, customerId, counter, backedUp },
      }),
      released: releaseTryCall(ctx, tried, { forget: true }),
    },
    /** Logs for the operator that the passkey may have been copied. The event tells the shop. */
    logReuse({ still: [use] }: Used) {
      if (use?.isReused) log('warn', 'the counter of a passkey went back', { tenant, passkey: id })
    },
  }
}
type Used = { readonly still: readonly { readonly isReused: boolean }[] }
