import { and, eq, isNotNull, sql } from 'drizzle-orm'
import { attemptTable, customerTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, pick } from '#db/statement-builders'
import { noAnswer, useCase } from '#db/use-case'
import { isAccount, isThisCustomer } from '#query/customer'
import { isUnexpiredAttempt, newAccountColumnsOfAttempt } from './registration-attempt.ts'

/** The account that has an address, with a row for each attempt to register the address. */
export const findLoginCandidates = useCase(
  'find_login_candidates',
  { ...pick(attemptTable, 'tenant', 'emailKey'), now: attemptTable.createdAt },
  (p) => [
    db
      .select({
        account: pick(customerTable, 'id', 'status', 'passwordHash'),
        attempt: newAccountColumnsOfAttempt,
      })
      .from(sql`(select) asked`)
      .leftJoin(
        customerTable,
        and(
          eq(customerTable.tenant, p.tenant),
          eq(customerTable.emailKey, p.emailKey),
          isAccount(customerTable),
        ),
      )
      .leftJoin(attemptTable, and(isUnexpiredAttempt(p), isNotNull(attemptTable.passwordHash))),
  ],
)

/** Replaces the hash of the same password, unless the password was changed meanwhile. */
export const replacePasswordHash = useCase(
  'replace_password_hash',
  { ...pick(customerTable, 'tenant', 'id'), hash: sqlType.text, newHash: sqlType.text },
  (p) => [
    db
      .update(customerTable)
      .set({ passwordHash: p.newHash })
      .where(and(isThisCustomer(p), eq(customerTable.passwordHash, p.hash))),
    noAnswer,
  ],
)
