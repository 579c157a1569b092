import { and, eq, exists, inArray, isNull, ne, notExists, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { customerTable, emailChangeTable, mailTokenTable } from '#db/schema'
import { db, refuseWhen } from '#db/statement-builders'
import { noAnswer, useCase, type ValuesOf } from '#db/use-case'
import { emailLockExpression, isAccount, isThisCustomer, lockCustomer } from '#query/customer'
import { emailChangeWarning, emailUndoDeadline, enqueueMail, mailParams } from '#query/mail'
import { enqueueMergeIntoAccount, enqueueMergeParams } from '#query/merge'
import {
  appendEvent,
  appendEventParams,
  isStampedByEarlierStatement,
  raiseVersion,
  stampedChangedAt,
} from '#query/outbox'
import { deleteSessions, endDeviceTokens, endIntentions } from '#query/session'
import { isValidMailToken } from './mail-token.ts'
import { voidAttempts } from './void-attempts.ts'

const params = {
  ...appendEventParams,
  ...mailParams,
  ...enqueueMergeParams,
  customerId: customerTable.id,
  tokenId: mailTokenTable.id,
  tokenHash: mailTokenTable.hash,
}
type Params = ValuesOf<typeof params>

const which = (p: Params) => ({ tenant: p.tenant, id: p.customerId })

const isLink = (p: Params) =>
  isValidMailToken({ ...p, subject: p.customerId }, eq(mailTokenTable.purpose, 'confirm'))

/** The move that the link confirms. */
const isMove = (p: Params) =>
  and(
    eq(emailChangeTable.tenant, p.tenant),
    eq(emailChangeTable.customerId, p.customerId),
    eq(
      emailChangeTable.id,
      sql`(${db.select({ changeId: mailTokenTable.changeId }).from(mailTokenTable).where(isLink(p))})`,
    ),
  )

/**
 * Moves a customer to the address that it asked for and has proven by a link. All sessions and pending intentions end. If the old
 * address was proven, it is reserved until the time to undo is over, and its reader is warned. Refuses `mail_token_invalid`,
 * `email_taken`.
 */
export const confirmEmailChange = useCase('confirm_email_change', params, (p) => [
  lockCustomer(which(p)),
  db
    .select({ locked: emailLockExpression(p.tenant, emailChangeTable.newEmailKey) })
    .from(emailChangeTable)
    .where(isMove(p)),
  refuseWhen({
    mail_token_invalid: notExists(linkOf(p)),
    email_taken: exists(otherOf(p)),
  }),
  db
    .update(emailChangeTable)
    .set({
      confirmedAt: p.now,
      undoUntil: emailUndoDeadline(p),
    })
    .from(customerTable)
    .where(and(isMove(p), isThisCustomer(which(p)))),
  enqueueMail(p, emailChangeWarning(isMove(p))),
  // It ends the link, so it comes after the statements that look for the link.
  db
    .update(customerTable)
    .set({
      email: sql`${emailChangeTable.newEmail}`,
      emailKey: sql`${emailChangeTable.newEmailKey}`,
      emailVerifiedAt: p.now,
      claimedAt: p.now,
      status: 'active',
      provisional: false,
      changedAt: stampedChangedAt([
        { field: 'email' },
        { field: 'emailVerified', differs: isNull(customerTable.emailVerifiedAt) },
        { field: 'status', differs: ne(customerTable.status, 'active') },
      ]),
    })
    .from(emailChangeTable)
    .where(and(isThisCustomer(which(p)), isMove(p))),
  deleteSessions(p),
  endDeviceTokens(p),
  endIntentions(p),
  voidAttempts(p),
  appendEvent(
    p,
    raiseVersion({ ...which(p), now: p.now }, [], isStampedByEarlierStatement),
    () => ({
      type: 'customer.updated',
      changed: 'stamped',
    }),
  ),
  enqueueMergeIntoAccount(p, p.customerId),
  noAnswer,
])

/** The link, if it is valid for an unconfirmed move from the customer's present address. */
const linkOf = (p: Params) =>
  db
    .select({ id: emailChangeTable.id })
    .from(emailChangeTable)
    .innerJoin(
      customerTable,
      and(isThisCustomer(which(p)), eq(customerTable.emailKey, emailChangeTable.oldEmailKey)),
    )
    .where(
      and(
        isMove(p),
        isNull(emailChangeTable.confirmedAt),
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
    .where(isMove(p))
}
