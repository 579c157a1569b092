import { eq, not } from 'drizzle-orm'
import { db, pick, refuseWhen } from '#db/builder'
import { linkedIdentityTable } from '#db/schema'
import { noAnswer, useCase } from '#db/use-case'
import { mailing } from '#query/mail'
import { appending } from '#query/outbox'
import { endLink } from './end.ts'
import { hasLinks, isLinkOf } from './own.ts'
import { linkedIdentitySelection } from './selection.ts'

/** The linked identities of a customer, the oldest first. */
export const listIdentities = useCase(
  'list_identities',
  pick(linkedIdentityTable, 'tenant', 'customerId'),
  (p) => [
    db
      .select({ identity: linkedIdentitySelection(linkedIdentityTable) })
      .from(linkedIdentityTable)
      .where(isLinkOf(p))
      .orderBy(linkedIdentityTable.createdAt, linkedIdentityTable.identity),
  ],
)

/**
 * Removes a linked identity, in a commit that has locked the account by a fresh proof of its owner, and mails the owner. Refuses
 * `identity_not_found`.
 */
export const removeIdentity = useCase(
  'remove_identity',
  { ...appending, ...mailing, ...pick(linkedIdentityTable, 'identity', 'customerId') },
  (p) => {
    const isIt = eq(linkedIdentityTable.identity, p.identity)
    return [
      refuseWhen({ identity_not_found: not(hasLinks(p, isIt)) }),
      ...endLink(p, isIt),
      noAnswer,
    ]
  },
)
