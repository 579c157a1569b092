import { and, desc, eq, exists, not, sql } from 'drizzle-orm'
import { db, pick, refuseWhen } from '#db/builder'
import { kind } from '#db/kind'
import { customerTable, linkedIdentityTable } from '#db/schema'
import { noAnswer, useCase, type ValuesOf } from '#db/use-case'
import { isCustomer } from '#lock/customer'
import { letterTo, mailing, postMail } from '#query/mail'
import { appendEvent, appending, raiseSequence } from '#query/outbox'
import { deleteSessions, endIntentions } from '#query/session'
import { endingLink, endLink } from './end.ts'
import { hasLinks, isLinkOf } from './own.ts'
import { hasCredential } from './use.ts'

const linking = {
  ...appending,
  ...mailing,
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
  postMail(p, letterTo(p, { template, provider: p.provider }, isNew)),
]

/**
 * Links an identity to an account, in a commit that has proven its inbox. An identity of an account that was merged into another one comes
 * along: its owner has chosen. The identities that were used last stay, as many as `limit` says. Refuses `identity_taken`.
 */
export const linkIdentity = useCase(
  'link_identity',
  { ...linking, ...endingLink, limit: kind.int },
  (p) => {
    const isIt = eq(linkedIdentityTable.identity, p.identity)
    const end = { event: p.endEvent, job: p.endJob, mail: p.endMail, mailJob: p.endMailJob }
    return [
      endOfMerged(p),
      ...tellLink(p, not(hasLinks(p, isIt)), 'login_linked'),
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
      refuseWhen({ identity_taken: not(hasLinks(p, isIt)) }),
      ...endLink({ ...p, ...end }, isBeyond(p)),
      noAnswer,
    ]
  },
)

/** The linked identity that is one too many: each link ends one at most. */
const isBeyond = (p: Linking & { readonly limit: number }) =>
  sql`${linkedIdentityTable.identity} = (${db
    .select({ identity: linkedIdentityTable.identity })
    .from(linkedIdentityTable)
    .where(isLinkOf(p))
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
export const linkCredential = useCase(
  'link_credential',
  { ...linking, credential: kind.text },
  (p) => {
    const which = { tenant: p.tenant, id: p.customerId }
    const isNew = not(
      exists(
        db
          .select({ id: customerTable.id })
          .from(customerTable)
          .where(and(isCustomer(which), hasCredential(p.identity))),
      ),
    )
    return [
      ...tellLink(p, isNew, 'credential_linked'),
      deleteSessions(p, isNew),
      endIntentions(p, isNew),
      db
        .update(customerTable)
        .set({ passwordHash: p.credential })
        .where(and(isCustomer(which), isNew)),
      noAnswer,
    ]
  },
)
