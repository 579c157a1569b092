import { and, eq, exists, gte, inArray, isNotNull, isNull, ne, notExists, sql } from 'drizzle-orm'
import { db, refuseWhen } from '#db/builder'
import { customerTable, emailChangeTable, mailTokenTable } from '#db/schema'
import { noAnswer, useCase, type ValuesOf } from '#db/use-case'
import { isAccount, isCustomer, lockCustomer } from '#query/customer'
import { letterTo, linkFor, mailing, postMail } from '#query/mail'
import { appendEvent, appending, isStamped, raiseVersion, stamped } from '#query/outbox'
import { endingPasskeys, endPasskeys } from '#query/passkey'
import { deleteSessions, endDevices, endIntentions } from '#query/session'
import { endLinks } from '#query/upstream'
import { isToken } from './mail-token.ts'

const undoing = {
  ...mailing,
  customerId: customerTable.id,
  tokenId: mailTokenTable.id,
  tokenHash: mailTokenTable.hash,
}
type Undoing = ValuesOf<typeof undoing>

const which = (p: Undoing) => ({ tenant: p.tenant, id: p.customerId })

const params = { ...appending, ...undoing, ...endingPasskeys }

/**
 * The owner of the old address takes an account back. The password is void, because the mover knows it. All passkeys, linked identities,
 * sessions, open links and later moves are void too. A mail offers to set a new password. Refuses `mail_token_invalid`.
 */
export const undoEmail = useCase('undo_email', params, (p) => [
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
      changedAt: stamped([
        { field: 'email', differs: ne(customerTable.email, emailChangeTable.oldEmail) },
        { field: 'emailVerified', differs: isNull(customerTable.emailVerifiedAt) },
        { field: 'status', differs: eq(customerTable.status, 'unverified') },
      ]),
    })
    .from(emailChangeTable)
    .where(and(isCustomer(which(p)), isMove(p))),
  undoMoves(p),
  deleteSessions(p),
  endDevices(p),
  endIntentions(p),
  endLinks(p),
  appendEvent(p, raiseVersion({ ...which(p), now: p.now }, [], isStamped), () => ({
    type: 'customer.updated',
    changed: 'stamped',
  })),
  ...endPasskeys(p),
  postMail(
    p,
    letterTo(
      p,
      { template: 'reset', ...linkFor('reset') },
      inArray(customerTable.status, ['unverified', 'active']),
    ),
  ),
  noAnswer,
])

const isLink = (p: Undoing) =>
  isToken({ ...p, subject: p.customerId }, eq(mailTokenTable.purpose, 'undo'))

/** The move that the link undoes. */
const isMove = (p: Undoing) =>
  and(
    eq(emailChangeTable.tenant, p.tenant),
    eq(
      emailChangeTable.id,
      sql`(${db.select({ id: mailTokenTable.changeId }).from(mailTokenTable).where(isLink(p))})`,
    ),
  )

/** Tells the address that an account is about to lose by the undo, if that address was proven. It comes before the undo. */
export const tellOfUndo = useCase('tell_of_undo', undoing, (p) => [
  postMail(
    p,
    letterTo(
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
    .innerJoin(customerTable, and(isCustomer(which(p)), isAccount(customerTable)))
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
