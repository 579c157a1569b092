import { and, desc, eq, exists, gt, inArray, isNotNull, sql } from 'drizzle-orm'
import { attemptTable, customerTable, failureTable, mailTokenTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, pick } from '#db/statement-builders'
import { useCase } from '#db/use-case'
import { isLiveAttempt } from '#query/account'
import { isAccount } from '#query/customer'
import { isHandleOutOfTries } from './is-handle-out-of-tries.ts'

/**
 * The account with an address, and whether the address has a live registration; a row for each code and link that a handle has. If the handle has no valid code, there is one row with a null `token`. The statement runs before the try is counted, so `isSpent` says whether the handle had a try left.
 */
export const findAccountAndLoginCodes = useCase(
  'find_account_and_login_codes',
  {
    ...pick(mailTokenTable, 'tenant', 'emailKey'),
    handle: mailTokenTable.subject,
    handleKey: failureTable.key,
    now: mailTokenTable.expiresAt,
  },
  (p) => [
    db
      .select({
        account: {
          ...pick(customerTable, 'id', 'status'),
          isClaimed: sqlType.flag(
            sql`(${isNotNull(customerTable.claimedAt)} and ${isNotNull(customerTable.emailVerifiedAt)})`,
          ),
        },
        isRegistering: sqlType.flag(
          exists(db.select({ id: attemptTable.id }).from(attemptTable).where(isLiveAttempt(p))),
        ),
        isSpent: sqlType.flag(isHandleOutOfTries(p)),
        token: pick(mailTokenTable, 'id', 'purpose', 'hash'),
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
      .leftJoin(
        mailTokenTable,
        and(
          eq(mailTokenTable.tenant, p.tenant),
          eq(mailTokenTable.subject, p.handle),
          inArray(mailTokenTable.purpose, ['login_code', 'login_link']),
          eq(mailTokenTable.emailKey, p.emailKey),
          gt(mailTokenTable.expiresAt, p.now),
        ),
      )
      .orderBy(desc(mailTokenTable.createdAt)),
  ],
)
