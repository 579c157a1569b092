import { and, eq, isNotNull, sql } from 'drizzle-orm'
import { db, pick } from '#db/builder'
import { kind } from '#db/kind'
import { attemptTable, customerTable } from '#db/schema'
import { noAnswer, useCase } from '#db/use-case'
import { isAccount, isCustomer } from '#query/customer'
import { attemptColumns, isLive } from './attempt.ts'

/** The account that has an address, and the attempts that would like to, a row for each. */
export const findCandidates = useCase(
  'find_candidates',
  { ...pick(attemptTable, 'tenant', 'emailKey'), now: attemptTable.createdAt },
  (p) => [
    db
      .select({
        account: pick(customerTable, 'id', 'status', 'passwordHash'),
        attempt: attemptColumns,
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
      .leftJoin(attemptTable, and(isLive(p), isNotNull(attemptTable.passwordHash))),
  ],
)

/** The same password with another hash, unless it was changed meanwhile. */
export const replaceHash = useCase(
  'replace_hash',
  { ...pick(customerTable, 'tenant', 'id'), hash: kind.text, newHash: kind.text },
  (p) => [
    db
      .update(customerTable)
      .set({ passwordHash: p.newHash })
      .where(and(isCustomer(p), eq(customerTable.passwordHash, p.hash))),
    noAnswer,
  ],
)
