import { and, eq, inArray, or } from 'drizzle-orm'
import { attemptTable, mailTable, mailTokenTable, scanProgressTable } from '#db/schema'
import { db, pick } from '#db/statement-builders'
import { blankValuesOfPersonalColumns } from './blank-values-of-personal-columns.ts'
import { type CustomersToErase, isInTextArray } from './customers-to-erase.ts'
import { knownEmails, provenEmailKeys } from './known-emails.ts'

/** Deletes what is stored under the proven e-mail addresses of the customers. It runs before the addresses themselves are erased. */
export function forgetByEmail(p: CustomersToErase) {
  const keys = provenEmailKeys(p)
  const tokens = db
    .select(pick(mailTokenTable, 'id'))
    .from(mailTokenTable)
    .where(and(eq(mailTokenTable.tenant, p.tenant), isInTextArray(mailTokenTable.emailKey, keys)))
  return [
    db
      .delete(mailTable)
      .where(and(eq(mailTable.tenant, p.tenant), inArray(mailTable.tokenId, tokens))),
    db
      .delete(mailTokenTable)
      .where(
        and(eq(mailTokenTable.tenant, p.tenant), isInTextArray(mailTokenTable.emailKey, keys)),
      ),
    // What strangers asked for under an address that was only written names no customer; nobody else has the address.
    db
      .delete(mailTokenTable)
      .where(
        and(
          eq(mailTokenTable.tenant, p.tenant),
          isInTextArray(mailTokenTable.emailKey, knownEmails(p)),
          or(
            inArray(mailTokenTable.purpose, ['login_code', 'login_link']),
            eq(mailTokenTable.subject, mailTokenTable.id),
          ),
        ),
      ),
    db
      .delete(attemptTable)
      .where(and(eq(attemptTable.tenant, p.tenant), isInTextArray(attemptTable.emailKey, keys))),
  ]
}

/** Restarts a scan whose stored position is one of the addresses. A repeated scan does no harm. */
export const forgetScanPosition = (p: CustomersToErase) =>
  db
    .update(scanProgressTable)
    .set({ ...blankValuesOfPersonalColumns('scanProgress'), examined: 0, hits: 0 })
    .where(
      and(
        eq(scanProgressTable.tenant, p.tenant),
        isInTextArray(scanProgressTable.position, provenEmailKeys(p)),
      ),
    )
