import { and, desc, eq, exists, not, sql } from 'drizzle-orm'
import { customerTable, linkedIdentityTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, pick, refuseWhen } from '#db/statement-builders'
import { noAnswer, useCase, type ValuesOf } from '#db/use-case'
import { isThisCustomer } from '#lock/customer'
import { enqueueMail, letterToCustomer, mailParams } from '#query/mail'
import { appendEvent, appendEventParams, raiseSequence } from '#query/outbox'
import { deleteSessions, endIntentions } from '#query/session'
import { hasHanzoCredential } from './customer-by-identity-or-credential.ts'
import { endLinkedIdentity, endLinkedIdentityParams } from './end-linked-identity.ts'
import { hasLinkedIdentities, isIdentityOfCustomer } from './identities-of-customer.ts'

const linking = {
  ...appendEventParams,
  ...mailParams,
  ...pick(linkedIdentityTable, 'identity', 'customerId', 'provider'),
}
type Linking = ValuesOf<typeof linking>

/** Tells the owner and the timeline of a link, before it is made. @param isNew whether it is not there yet. */
const tellLink = (
  p: Linking,
  isNew: ReturnType<typeof not>,
  template: 'login_linked' | 'credential_linked',
) => [
  appendEvent(p, raiseSequence({ ...p, id: p.customerId }, isNew), () => ({
    type: 'customer.login_linked',
    data: { provider: sql`${p.provider}` },
  })),
  enqueueMail(p, letterToCustomer(p, { template, provider: p.provider }, isNew)),
]

/**
 * Links an identity to an account, in a commit that has proven its inbox. If the identity belongs to an account that was merged into another one, its link moves, because the owner has just proven both. The `limit` identities that were used last stay. Refuses `identity_taken`.
 */
export const linkIdentity = useCase(
  'link_identity',
  { ...linking, ...endLinkedIdentityParams, limit: sqlType.int },
  (p) => {
    const isIt = eq(linkedIdentityTable.identity, p.identity)
    const end = { event: p.endEvent, job: p.endJob, mail: p.endMail, mailJob: p.endMailJob }
    return [
      endOfMerged(p),
      ...tellLink(p, not(hasLinkedIdentities(p, isIt)), 'login_linked'),
      db
        .insert(linkedIdentityTable)
        .values({
          ...pick(p, 'tenant', 'identity', 'customerId', 'provider'),
          createdAt: p.now,
          lastUsedAt: p.now,
        })
        .onConflictDoUpdate({
          target: [linkedIdentityTable.tenant, linkedIdentityTable.identity],
          set: { lastUsedAt: p.now, provider: p.provider },
          setWhere: eq(linkedIdentityTable.customerId, p.customerId),
        }),
      refuseWhen({ identity_taken: not(hasLinkedIdentities(p, isIt)) }),
      ...endLinkedIdentity({ ...p, ...end }, isBeyond(p)),
      noAnswer,
    ]
  },
)

/** The linked identity that is one too many: each link ends one at most. */
const isBeyond = (p: Linking & { readonly limit: number }) =>
  sql`${linkedIdentityTable.identity} = (${db
    .select({ identity: linkedIdentityTable.identity })
    .from(linkedIdentityTable)
    .where(isIdentityOfCustomer(p))
    .orderBy(desc(linkedIdentityTable.lastUsedAt), desc(linkedIdentityTable.createdAt))
    .offset(p.limit)
    .limit(1)})`

/** Ends the link of an identity to an account that was merged into another one. */
const endOfMerged = (p: Linking) =>
  db.delete(linkedIdentityTable).where(
    and(
      eq(linkedIdentityTable.tenant, p.tenant),
      eq(linkedIdentityTable.identity, p.identity),
      exists(
        db
          .select({ id: customerTable.id })
          .from(customerTable)
          .where(
            and(
              eq(customerTable.tenant, linkedIdentityTable.tenant),
              eq(customerTable.id, linkedIdentityTable.customerId),
              eq(customerTable.status, 'merged'),
            ),
          ),
      ),
    ),
  )

/**
 * Makes an identity of Hanzo ID the credential of an account, in a commit that has proven its inbox. It takes the place of another one, as
 * another password does: sessions and pending intentions end. The database refuses `identity_taken`.
 */
export const linkHanzoCredential = useCase(
  'link_hanzo_credential',
  { ...linking, credential: sqlType.text },
  (p) => {
    const which = { tenant: p.tenant, id: p.customerId }
    const isNew = not(
      exists(
        db
          .select({ id: customerTable.id })
          .from(customerTable)
          .where(and(isThisCustomer(which), hasHanzoCredential(p.identity))),
      ),
    )
    return [
      ...tellLink(p, isNew, 'credential_linked'),
      deleteSessions(p, isNew),
      endIntentions(p, isNew),
      db
        .update(customerTable)
        .set({ passwordHash: p.credential })
        .where(and(isThisCustomer(which), isNew)),
      noAnswer,
    ]
  },
)
