import { and, eq, exists, ne, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { isFieldNamed } from '#db/patch'
import { customerTable, emailChangeTable } from '#db/schema'
import { db, insertFrom } from '#db/statement-builders'
import { emailUndoDeadline } from '#query/mail'
import { stampedChangedAt } from '#query/outbox'
import { isAccount, isGuest } from './condition.ts'
import { isThisCustomer } from './lock.ts'

/** A change of a customer that may name another e-mail address. */
type Params = {
  readonly tenant: string
  readonly id: string
  readonly now: string
  readonly named: readonly string[]
  readonly email: string
  readonly emailKey: string
  readonly changeId: string
  /** The end of the time in which the move can be undone. */
  readonly mailTokenExpiresAt: string
}

/** Stores the change of an account's e-mail address before it is made. The old address can undo the change if it was proven. */
export const storeEmailChange = (p: Params) =>
  insertFrom(
    emailChangeTable,
    {
      tenant: p.tenant,
      id: p.changeId,
      customerId: customerTable.id,
      oldEmail: customerTable.email,
      oldEmailKey: customerTable.emailKey,
      newEmail: p.email,
      newEmailKey: p.emailKey,
      createdAt: p.now,
      confirmedAt: p.now,
      undoUntil: emailUndoDeadline(p),
    },
    sql`from ${customerTable} where ${and(isThisCustomer(p), isMove(p), isAccount(customerTable))}`,
  )

/** A statement apart from the other fields, because triggers watch each column that is set here. */
export function changeCustomerEmail(p: Params) {
  const moves = isMove(p)
  const isClosed = sql`${moves} and ${eq(customerTable.status, 'active')}`
  return db
    .update(customerTable)
    .set({
      email: p.email,
      emailKey: p.emailKey,
      claimedAt: sql`case when not ${moves} then ${customerTable.claimedAt} end`,
      emailVerifiedAt: sql`case when not ${moves} then ${customerTable.emailVerifiedAt} end`,
      status: sql`case when ${isClosed} then 'unverified' else ${customerTable.status} end`,
      updatedAt: p.now,
      changedAt: stampedChangedAt([
        { field: 'email' },
        {
          field: 'emailVerified',
          differs: sql`${moves} and ${customerTable.emailVerifiedAt} is not null`,
        },
        { field: 'status', differs: isClosed },
      ]),
    })
    .where(and(isThisCustomer(p), isFieldNamed(p.named, 'email'), ne(customerTable.email, p.email)))
}

/** Whether the address is a different one, not only a different spelling. */
const isMove = (p: Params): SQL =>
  sql`(${isFieldNamed(p.named, 'email')} and ${ne(customerTable.emailKey, p.emailKey)})`

/** A guest and an account may have the same address, but not two guests, and not two accounts. */
export function isNewEmailTaken(p: Params): SQL {
  const other = alias(customerTable, 'other')
  return exists(
    db
      .select({ id: other.id })
      .from(customerTable)
      .innerJoin(
        other,
        and(eq(other.tenant, p.tenant), eq(other.emailKey, p.emailKey), ne(other.id, p.id)),
      )
      .where(
        and(
          isThisCustomer(p),
          isMove(p),
          sql`case when ${isGuest(customerTable)} then ${isGuest(other)} else ${isAccount(other)} end`,
        ),
      ),
  )
}
