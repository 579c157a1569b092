import { and, eq, type SQL, sql } from 'drizzle-orm'
import { idempotencyTable } from '#db/schema'
import { db } from '#db/statement-builders'
import { type CustomersToErase, isInTextArray } from './customers-to-erase.ts'

/**
 * Empties answers that are stored under idempotency keys. A repeat then gets `customer_not_found`. The whole answer is emptied, because its form differs by statement.
 * @param subjects an expression of type `text[]`.
 */
export const forgetStoredAnswers = (
  { tenant }: Pick<CustomersToErase, 'tenant'>,
  subjects: SQL,
  when?: SQL,
) =>
  db
    .update(idempotencyTable)
    .set({ answer: sql`'null'` })
    .where(
      and(
        eq(idempotencyTable.tenant, tenant),
        isInTextArray(idempotencyTable.subjectId, subjects),
        when,
      ),
    )
