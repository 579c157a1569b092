import type { Context } from '#core/context'
import { type ProvenIdentity, writeCredential } from '#core/identity'
import { proveCode } from '#core/login-code'
import { mailing } from '#core/mail'
import { appending } from '#core/outbox'
import { endingLink } from './ending.ts'
import * as query from './generated/query.ts'
import { LIMIT } from './limit.ts'

type Typed = { readonly email: string; readonly code: string; readonly handle: string }

/**
 * Proof by the code of a mail that the account of an inbox and an identity have the same owner: what the provider says of the address is
 * none. The statements of `proof` belong into the commit that lets the shopper in: they spend the code, verify and claim the account or make
 * a new one, link the identity, and tell the owner by a mail. Refuses as `proveCode` does, and `identity_taken` if another account has
 * the identity.
 */
export async function linkingProof(ctx: Context, proven: ProvenIdentity, typed: Typed) {
  const { customerId, proof } = await proveCode(ctx, typed, { mayBeNew: true })
  const { identity, provider, account } = proven
  const link = { ...appending(ctx), ...mailing(ctx), customerId, identity, provider }
  const linked =
    account === null
      ? query.linkIdentity({ ...link, ...endingLink(ctx), limit: LIMIT })
      : query.linkCredential({
          ...link,
          credential: writeCredential({ identity, name: account.name }),
        })
  return { customerId, proof: { ...proof, linked } }
}
