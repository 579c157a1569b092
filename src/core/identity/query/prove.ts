import { and, eq, gt, notExists } from 'drizzle-orm'
import { db, pick, refuseWhen } from '#db/builder'
import { kind } from '#db/kind'
import { customerTable, sessionTable } from '#db/schema'
import { noAnswer, useCase } from '#db/use-case'
import { isCustomer, lockCustomer } from '#lock/customer'

export const findPassword = useCase('find_password', pick(customerTable, 'tenant', 'id'), (p) => [
  db.select({ credential: customerTable.passwordHash }).from(customerTable).where(isCustomer(p)),
])

/**
 * Head of a commit that a password allows, which was checked before: waits for other changes of the account, and refuses
 * `invalid_credentials` when that is no longer its password.
 */
export const lockByPassword = useCase(
  'lock_by_password',
  { ...pick(customerTable, 'tenant', 'id'), credential: kind.text },
  (p) => [
    lockCustomer(p),
    refuseWhen({
      invalid_credentials: notExists(
        db
          .select({ id: customerTable.id })
          .from(customerTable)
          .where(and(isCustomer(p), eq(customerTable.passwordHash, p.credential))),
      ),
    }),
    noAnswer,
  ],
)

/**
 * The same for a session in place of the password: refuses `invalid_token` when a change that it waited for has ended the session.
 */
export const lockBySession = useCase(
  'lock_by_session',
  { ...pick(sessionTable, 'tenant', 'id', 'customerId'), now: sessionTable.expiresAt },
  (p) => [
    lockCustomer({ tenant: p.tenant, id: p.customerId }),
    refuseWhen({
      invalid_token: notExists(
        db
          .select({ id: sessionTable.id })
          .from(sessionTable)
          .where(
            and(
              eq(sessionTable.tenant, p.tenant),
              eq(sessionTable.id, p.id),
              eq(sessionTable.customerId, p.customerId),
              gt(sessionTable.expiresAt, p.now),
            ),
          ),
      ),
    }),
    noAnswer,
  ],
)
