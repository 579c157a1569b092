import { and, desc, eq, exists, gt, inArray, sql } from 'drizzle-orm'
import { db, pick } from '#db/builder'
import { kind } from '#db/kind'
import { attemptTable, customerTable, failureTable, mailTokenTable } from '#db/schema'
import { useCase } from '#db/use-case'
import { isLive } from '#query/account'
import { isAccount } from '#query/customer'

/** Counts one more try of a handle, over all its codes. Answers with the count. */
export const countTryOfHandle = useCase(
  'count_try_of_handle',
  { tenant: failureTable.tenant, handle: kind.text, now: failureTable.lastAt },
  (p) => [
    db
      .insert(failureTable)
      .values({
        tenant: p.tenant,
        key: p.handle,
        count: 1,
        lastAt: p.now,
        blockedUntil: sql`'-infinity'`,
      })
      .onConflictDoUpdate({
        target: [failureTable.tenant, failureTable.key],
        set: { count: sql`${failureTable.count} + 1`, lastAt: p.now },
      })
      .returning({ count: failureTable.count }),
  ],
)

/**
 * The account with an address, and whether the address has a live registration; a row for each code and link that a handle has. One row
 * without them: the handle has none that works.
 */
export const findLogin = useCase(
  'find_login',
  {
    ...pick(mailTokenTable, 'tenant', 'emailKey'),
    handle: mailTokenTable.subject,
    now: mailTokenTable.expiresAt,
  },
  (p) => [
    db
      .select({
        account: pick(customerTable, 'id', 'status'),
        isRegistering: kind.flag(
          exists(db.select({ id: attemptTable.id }).from(attemptTable).where(isLive(p))),
        ),
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
