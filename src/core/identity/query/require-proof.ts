import { and, eq, gt, notExists, type SQL, sql } from 'drizzle-orm'
import { customerTable, sessionTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, pick, refuseWhen } from '#db/statement-builders'
import { noAnswer, useCase } from '#db/use-case'
import { isThisCustomer, lockCustomer } from '#lock/customer'

export const findPasswordHash = useCase(
  'find_password_hash',
  pick(customerTable, 'tenant', 'id'),
  (p) => [
    db
      .select({ credential: customerTable.passwordHash })
      .from(customerTable)
      .where(isThisCustomer(p)),
  ],
)

/**
 * Locks an account at the head of a commit that a password allows. The password was checked before. Refuses `invalid_credentials` if
 * it is no longer the account's.
 */
export const lockCustomerByPassword = useCase(
  'lock_customer_by_password',
  { ...pick(customerTable, 'tenant', 'id'), credential: sqlType.text },
  (p) => [
    lockCustomer(p),
    refuseWhen({
      invalid_credentials: notExists(
        db
          .select({ id: customerTable.id })
          .from(customerTable)
          .where(and(isThisCustomer(p), eq(customerTable.passwordHash, p.credential))),
      ),
    }),
    noAnswer,
  ],
)

/**
 * Locks an account at the head of a commit that a session allows. Refuses `invalid_token` if a change that it waited for has ended
 * the session, and `fresh_proof_required` if its shopper has proven itself too long ago.
 */
export const lockCustomerBySession = useCase(
  'lock_customer_by_session',
  {
    ...pick(sessionTable, 'tenant', 'id', 'customerId'),
    now: sessionTable.expiresAt,
    /** The proof must be younger; null: any session will do. */
    provenAfter: sqlType.orNull(sqlType.moment),
  },
  (p) => {
    const isOwn = and(
      eq(sessionTable.tenant, p.tenant),
      eq(sessionTable.id, p.id),
      eq(sessionTable.customerId, p.customerId),
      gt(sessionTable.expiresAt, p.now),
    )
    const missing = (condition?: SQL) =>
      notExists(db.select({ id: sessionTable.id }).from(sessionTable).where(and(isOwn, condition)))
    return [
      lockCustomer({ tenant: p.tenant, id: p.customerId }),
      refuseWhen({
        invalid_token: missing(),
        fresh_proof_required: missing(
          sql`(${p.provenAfter} is null or ${sessionTable.provenAt} > ${p.provenAfter})`,
        ),
      }),
      noAnswer,
    ]
  },
)
