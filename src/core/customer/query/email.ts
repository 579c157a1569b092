import { and, eq, exists, ne, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { db } from '#db/builder'
import { isNamed } from '#db/patch'
import { customerTable } from '#db/schema'
import { stamped } from '#query/outbox'
import { isAccount, isGuest } from './condition.ts'
import { isCustomer } from './lock.ts'

/** A change of a customer that may name another e-mail address. */
type Params = {
  readonly tenant: string
  readonly id: string
  readonly now: string
  readonly named: readonly string[]
  readonly email: string
  readonly emailKey: string
}

/** Apart from the other fields, because each column that is set here has triggers that look at it. */
export function moveEmail(p: Params) {
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
      changedAt: stamped([
        { field: 'email' },
        {
          field: 'emailVerified',
          differs: sql`${moves} and ${customerTable.emailVerifiedAt} is not null`,
        },
        { field: 'status', differs: isClosed },
      ]),
    })
    .where(and(isCustomer(p), isNamed(p.named, 'email'), ne(customerTable.email, p.email)))
}

/** Whether the address is another one, and not only spelt in another way. */
const isMove = (p: Params): SQL =>
  sql`(${isNamed(p.named, 'email')} and ${ne(customerTable.emailKey, p.emailKey)})`

/** A guest and an account may have the same address, but not two guests, and not two accounts. */
export function isTaken(p: Params): SQL {
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
          isCustomer(p),
          isMove(p),
          sql`case when ${isGuest(customerTable)} then ${isGuest(other)} else ${isAccount(other)} end`,
        ),
      ),
  )
}
