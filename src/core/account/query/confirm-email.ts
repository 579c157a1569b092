import { and, desc, eq, exists, inArray, isNotNull, isNull, ne, notExists, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { db, pick, refuseWhen } from '#db/builder'
import { customerTable, emailChangeTable, mailTokenTable } from '#db/schema'
import { noAnswer, useCase, type ValuesOf } from '#db/use-case'
import { emailLock, isAccount, isCustomer, lockCustomer } from '#query/customer'
import { letter, mailing, postMail } from '#query/mail'
import { enqueueMergeInto, merging } from '#query/merge'
import { appendEvent, appending, isStamped, raiseVersion, stamped } from '#query/outbox'
import { isToken } from './mail-token.ts'
import { endSessions, voidLinks } from './void.ts'

const params = {
  ...appending,
  ...mailing,
  ...merging,
  customerId: customerTable.id,
  tokenId: mailTokenTable.id,
  tokenHash: mailTokenTable.hash,
  ...pick(emailChangeTable, 'undoUntil'),
}
type Params = ValuesOf<typeof params>

const which = (p: Params) => ({ tenant: p.tenant, id: p.customerId })

/** The move that the customer asked for last and has not confirmed; there is at most one. */
const isPending = (p: Params) =>
  and(
    eq(emailChangeTable.tenant, p.tenant),
    eq(emailChangeTable.customerId, p.customerId),
    isNull(emailChangeTable.confirmedAt),
  )

/**
 * Moves a customer to the address it asked for, which it has proven by a link. Every session ends. The old address is reserved until
 * the time to undo is over, and its reader is warned. Refuses `mail_token_invalid`, `email_taken`.
 */
export const confirmEmail = useCase('confirm_email', params, (p) => [
  lockCustomer(which(p)),
  db
    .select({
      locked: emailLock(p.tenant, emailChangeTable.newEmailKey),
    })
    .from(emailChangeTable)
    .where(isPending(p)),
  refuseWhen({
    mail_token_invalid: notExists(linkOf(p)),
    email_taken: exists(otherOf(p)),
  }),
  db
    .update(customerTable)
    .set({
      email: sql`${emailChangeTable.newEmail}`,
      emailKey: sql`${emailChangeTable.newEmailKey}`,
      emailVerifiedAt: p.now,
      claimedAt: p.now,
      status: 'active',
      provisional: false,
      changedAt: stamped([
        { field: 'email' },
        { field: 'emailVerified', differs: isNull(customerTable.emailVerifiedAt) },
        { field: 'status', differs: ne(customerTable.status, 'active') },
      ]),
    })
    .from(emailChangeTable)
    .where(and(isCustomer(which(p)), isPending(p))),
  db
    .update(emailChangeTable)
    .set({ confirmedAt: p.now, undoUntil: p.undoUntil })
    .where(isPending(p)),
  db
    .delete(mailTokenTable)
    .where(and(eq(mailTokenTable.tenant, p.tenant), eq(mailTokenTable.id, p.tokenId))),
  endSessions(p),
  voidLinks(p),
  appendEvent(p, raiseVersion({ ...which(p), now: p.now }, [], isStamped), () => ({
    type: 'customer.updated',
    changed: 'stamped',
  })),
  enqueueMergeInto(p, p.customerId),
  postMail(p, warningTo(p)),
  noAnswer,
])

/** The link, while it is good for the move that is pending, from the address that the customer still has. */
const linkOf = (p: Params) =>
  db
    .select({ id: mailTokenTable.id })
    .from(mailTokenTable)
    .innerJoin(
      emailChangeTable,
      and(isPending(p), eq(emailChangeTable.id, mailTokenTable.changeId)),
    )
    .innerJoin(
      customerTable,
      and(isCustomer(which(p)), eq(customerTable.emailKey, emailChangeTable.oldEmailKey)),
    )
    .where(
      and(
        isToken({ ...p, purpose: 'confirm', subject: p.customerId }),
        inArray(customerTable.status, ['unverified', 'active']),
      ),
    )

/** Another account that has the new address. */
function otherOf(p: Params) {
  const other = alias(customerTable, 'other')
  return db
    .select({ id: other.id })
    .from(emailChangeTable)
    .innerJoin(
      other,
      and(
        eq(other.tenant, p.tenant),
        eq(other.emailKey, emailChangeTable.newEmailKey),
        ne(other.id, p.customerId),
        isAccount(other),
      ),
    )
    .where(isPending(p))
}

/** To the old address. Its reader gets it however many mails strangers had sent there. */
const warningTo = (p: Params) =>
  db
    .select(
      letter({
        template: 'email_changed',
        recipient: emailChangeTable.oldEmail,
        locale: customerTable.locale,
        customerId: customerTable.id,
        emailKey: emailChangeTable.oldEmailKey,
        purpose: 'undo',
        subject: customerTable.id,
        changeId: emailChangeTable.id,
      }),
    )
    .from(customerTable)
    .innerJoin(
      emailChangeTable,
      and(
        eq(emailChangeTable.tenant, customerTable.tenant),
        eq(emailChangeTable.customerId, customerTable.id),
        isNotNull(emailChangeTable.confirmedAt),
      ),
    )
    .where(isCustomer(which(p)))
    .orderBy(desc(emailChangeTable.confirmedAt), desc(emailChangeTable.id))
    .limit(1)
