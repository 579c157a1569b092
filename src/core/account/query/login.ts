import { and, eq, isNotNull, sql } from 'drizzle-orm'
import { db, pick } from '#db/builder'
import { kind } from '#db/kind'
import { attemptTable, customerTable } from '#db/schema'
import { noAnswer, useCase } from '#db/use-case'
import { isAccount, isCustomer } from '#query/customer'
import { attemptColumns, isRemembered } from './attempt.ts'

/** The account that has an address, with a row for each attempt to register the address. */
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
      .leftJoin(attemptTable, and(isRemembered(p), isNotNull(attemptTable.passwordHash))),
  ],
)

/** Replaces the hash of the same password, unless the password was changed meanwhile. */
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
