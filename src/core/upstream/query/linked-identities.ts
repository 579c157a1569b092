import { eq, not } from 'drizzle-orm'
import { linkedIdentityTable } from '#db/schema'
import { db, pick, refuseWhen } from '#db/statement-builders'
import { noAnswer, useCase } from '#db/use-case'
import { mailParams } from '#query/mail'
import { appendEventParams } from '#query/outbox'
import { endLinkedIdentity } from './end-linked-identity.ts'
import { hasLinkedIdentities, isIdentityOfCustomer } from './identities-of-customer.ts'
import { linkedIdentitySelection } from './selection.ts'

/** The linked identities of a customer, the oldest first. */
export const listLinkedIdentities = useCase(
  'list_linked_identities',
  pick(linkedIdentityTable, 'tenant', 'customerId'),
  (p) => [
    db
      .select({ identity: linkedIdentitySelection(linkedIdentityTable) })
      .from(linkedIdentityTable)
      .where(isIdentityOfCustomer(p))
      .orderBy(linkedIdentityTable.createdAt, linkedIdentityTable.identity),
  ],
)

/**
 * Removes a linked identity, in a commit that has locked the account by a fresh proof of its owner, and mails the owner. Refuses
 * `identity_not_found`.
 */
export const removeLinkedIdentity = useCase(
  'remove_linked_identity',
  { ...appendEventParams, ...mailParams, ...pick(linkedIdentityTable, 'identity', 'customerId') },
  (p) => {
    const isIt = eq(linkedIdentityTable.identity, p.identity)
    return [
      refuseWhen({ identity_not_found: not(hasLinkedIdentities(p, isIt)) }),
      ...endLinkedIdentity(p, isIt),
      noAnswer,
    ]
  },
)
