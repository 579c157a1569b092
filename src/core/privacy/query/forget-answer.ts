import { and, eq, type SQL, sql } from 'drizzle-orm'
import { db } from '#db/builder'
import { idempotencyTable } from '#db/schema'
import { isOneOf, type People } from './owner.ts'

/**
 * Takes answers away that are kept under keys: a repeat is told that there is no such customer. An answer goes as a whole, for it is in the
 * form of its statement.
 * @param subjects an expression of type `text[]`.
 */
export const emptyAnswers = ({ tenant }: Pick<People, 'tenant'>, subjects: SQL, when?: SQL) =>
  db
    .update(idempotencyTable)
    .set({ answer: sql`'null'` })
    .where(
      and(eq(idempotencyTable.tenant, tenant), isOneOf(idempotencyTable.subjectId, subjects), when),
    )
