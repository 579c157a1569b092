import type { Context } from '#core/context'
import { hanzoCredentialText, type ProvenIdentity } from '#core/identity'
import { proveCode } from '#core/login-code'
import { newMailValues } from '#core/mail'
import { newEventValues } from '#core/outbox'
import * as query from './generated/query.ts'
import { idsToEndLinkedIdentity } from './ids-to-end-linked-identity.ts'
import { MAX_LINKED_IDENTITIES } from './max-linked-identities.ts'

type Typed = { readonly email: string; readonly code: string; readonly handle: string }

/**
 * Proves by the code of a mail that the owner of an inbox also has an identity. The provider's claim about the address is no proof. The statements of `proof` belong into the commit that lets the shopper in: they spend the code, verify and claim the account or make
 * a new one, link the identity, and tell the owner by a mail. Refuses as `proveCode` does, and `identity_taken` if another account has
 * the identity.
 */
export async function proveLinkingByCode(ctx: Context, proven: ProvenIdentity, typed: Typed) {
  const { customerId, proof } = await proveCode(ctx, typed, { mayBeNew: true })
  const { identity, provider, account } = proven
  const link = { ...newEventValues(ctx), ...newMailValues(ctx), customerId, identity, provider }
  const linked =
    account === null
      ? query.linkIdentity({
          ...link,
          ...idsToEndLinkedIdentity(ctx),
          limit: MAX_LINKED_IDENTITIES,
        })
      : query.linkHanzoCredential({
          ...link,
          credential: hanzoCredentialText({ identity, name: account.name }),
        })
  return { customerId, proof: { ...proof, linked } }
}
