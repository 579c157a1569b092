import { and, eq, exists, gte, inArray, isNotNull, isNull, ne, notExists, sql } from 'drizzle-orm'
import { customerTable, emailChangeTable, mailTokenTable } from '#db/schema'
import { db, refuseWhen } from '#db/statement-builders'
import { noAnswer, useCase, type ValuesOf } from '#db/use-case'
import { isAccount, isThisCustomer, lockCustomer } from '#query/customer'
import { enqueueMail, letterLinkColumns, letterToCustomer, mailParams } from '#query/mail'
import {
  appendEvent,
  appendEventParams,
  isStampedByEarlierStatement,
  raiseVersion,
  stampedChangedAt,
} from '#query/outbox'
import { endPasskeys, endPasskeysParams } from '#query/passkey'
import { deleteSessions, endDeviceTokens, endIntentions } from '#query/session'
import { endLinkedIdentities } from '#query/upstream'
import { isValidMailToken } from './mail-token.ts'

const undoing = {
  ...mailParams,
  customerId: customerTable.id,
  tokenId: mailTokenTable.id,
  tokenHash: mailTokenTable.hash,
}
type Undoing = ValuesOf<typeof undoing>

const which = (p: Undoing) => ({ tenant: p.tenant, id: p.customerId })

const params = { ...appendEventParams, ...undoing, ...endPasskeysParams }

/**
 * The owner of the old address takes an account back. The password is void, because the mover knows it. All passkeys, linked identities,
 * sessions, open links and later moves are void too. A mail offers to set a new password. Refuses `mail_token_invalid`.
 */
export const undoEmailChangeByLink = useCase('undo_email_change_by_link', params, (p) => [
  lockCustomer(which(p)),
  refuseWhen({ mail_token_invalid: notExists(linkOf(p)) }),
  db
    .update(customerTable)
    .set({
      email: sql`${emailChangeTable.oldEmail}`,
      emailKey: sql`${emailChangeTable.oldEmailKey}`,
      emailVerifiedAt: p.now,
      claimedAt: null,
      passwordHash: null,
      status: sql`case ${customerTable.status} when 'unverified' then 'active' else ${customerTable.status} end`,
      changedAt: stampedChangedAt([
        { field: 'email', differs: ne(customerTable.email, emailChangeTable.oldEmail) },
        { field: 'emailVerified', differs: isNull(customerTable.emailVerifiedAt) },
        { field: 'status', differs: eq(customerTable.status, 'unverified') },
      ]),
    })
    .from(emailChangeTable)
    .where(and(isThisCustomer(which(p)), isMove(p))),
  undoMoves(p),
  deleteSessions(p),
  endDeviceTokens(p),
  endIntentions(p),
  endLinkedIdentities(p),
  appendEvent(
    p,
    raiseVersion({ ...which(p), now: p.now }, [], isStampedByEarlierStatement),
    () => ({
      type: 'customer.updated',
      changed: 'stamped',
    }),
  ),
  ...endPasskeys(p),
  enqueueMail(
    p,
    letterToCustomer(
      p,
      { template: 'reset', ...letterLinkColumns('reset') },
      inArray(customerTable.status, ['unverified', 'active']),
    ),
  ),
  noAnswer,
])

const isLink = (p: Undoing) =>
  isValidMailToken({ ...p, subject: p.customerId }, eq(mailTokenTable.purpose, 'undo'))

/** The move that the link undoes. */
const isMove = (p: Undoing) =>
  and(
    eq(emailChangeTable.tenant, p.tenant),
    eq(
      emailChangeTable.id,
      sql`(${db.select({ id: mailTokenTable.changeId }).from(mailTokenTable).where(isLink(p))})`,
    ),
  )

/** Mails the address that the account loses by the undo, if that address was proven. It runs before the undo. */
export const tellOfUndo = useCase('tell_of_undo', undoing, (p) => [
  enqueueMail(
    p,
    letterToCustomer(
      p,
      { template: 'email_returned' },
      and(
        isNotNull(customerTable.emailVerifiedAt),
        exists(
          db
            .select({ id: emailChangeTable.id })
            .from(emailChangeTable)
            .where(and(isMove(p), ne(emailChangeTable.oldEmailKey, customerTable.emailKey))),
        ),
      ),
    ),
  ),
  noAnswer,
])

/** The link, if it is valid. */
const linkOf = (p: Undoing) =>
  db
    .select({ id: emailChangeTable.id })
    .from(emailChangeTable)
    .innerJoin(customerTable, and(isThisCustomer(which(p)), isAccount(customerTable)))
    .where(isMove(p))

/** Deletes the move and later ones, with the links that undo them. Those of earlier moves stay. */
function undoMoves(p: Undoing) {
  const move = db
    .$with('move')
    .as(
      db
        .select({ confirmedAt: emailChangeTable.confirmedAt })
        .from(emailChangeTable)
        .where(isMove(p)),
    )
  const undone = db.$with('undone').as(
    db
      .delete(emailChangeTable)
      .where(
        and(
          eq(emailChangeTable.tenant, p.tenant),
          eq(emailChangeTable.customerId, p.customerId),
          gte(
            emailChangeTable.confirmedAt,
            sql`(${db.select({ confirmedAt: move.confirmedAt }).from(move)})`,
          ),
        ),
      )
      .returning({ id: emailChangeTable.id }),
  )
  return db
    .with(move, undone)
    .delete(mailTokenTable)
    .where(
      and(
        eq(mailTokenTable.tenant, p.tenant),
        eq(mailTokenTable.subject, p.customerId),
        inArray(mailTokenTable.changeId, db.select({ id: undone.id }).from(undone)),
      ),
    )
}
