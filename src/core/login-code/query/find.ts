import { and, desc, eq, exists, gt, inArray, isNotNull, sql } from 'drizzle-orm'
import { db, pick } from '#db/builder'
import { kind } from '#db/kind'
import { attemptTable, customerTable, failureTable, mailTokenTable } from '#db/schema'
import { useCase } from '#db/use-case'
import { isLive } from '#query/account'
import { isAccount } from '#query/customer'
import { isSpentHandle } from './handle.ts'

/**
 * The account with an address, and whether the address has a live registration; a row for each code and link that a handle has. One row
 * without them: the handle has none that works. It is read before the try is counted, so it says whether the handle had a try left.
 */
export const findLogin = useCase(
  'find_login',
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
          isClaimed: kind.flag(
            sql`(${isNotNull(customerTable.claimedAt)} and ${isNotNull(customerTable.emailVerifiedAt)})`,
          ),
        },
        isRegistering: kind.flag(
          exists(db.select({ id: attemptTable.id }).from(attemptTable).where(isLive(p))),
        ),
        isSpent: kind.flag(isSpentHandle(p)),
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
