import { and, desc, eq, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { type ColumnsOf, db, pick } from '#db/builder'
import { kind } from '#db/kind'
import { consentTable, customerTable, mergeTable } from '#db/schema'

type Columns = Pick<ColumnsOf<typeof consentTable>, 'mergeId'>

/** Whether a record counts: one that a merge brought does as long as the merge is not undone. */
export const counts = ({ mergeId }: Columns, tenant: string): SQL =>
  // A scalar subquery: for an `exists`, the planner may read all merges to hash them.
  sql`(${mergeId} is null or (${db
    .select({ isDone: sql`true` })
    .from(mergeTable)
    .where(
      and(eq(mergeTable.tenant, tenant), eq(mergeTable.id, mergeId), eq(mergeTable.state, 'done')),
    )
    .limit(1)}) is true)`

const owner = alias(customerTable, 'owner')

/** The records of a customer and of those who were merged into it. @param id the customer that is read. */
export const recordsOf = (tenant: string, id: SQL | string) =>
  db
    .select({
      ...pick(consentTable, 'customerId', 'purpose', 'state', 'source', 'textVersion'),
      ...pick(consentTable, 'actor', 'createdAt', 'place'),
    })
    .from(owner)
    .innerJoin(
      consentTable,
      and(eq(consentTable.tenant, owner.tenant), eq(consentTable.customerId, owner.id)),
    )
    .where(
      and(
        eq(owner.tenant, tenant),
        sql`(${owner.id} = ${id} or ${owner.mergedInto} = ${id})`,
        counts(consentTable, tenant),
      ),
    )
    .$dynamic()

/** The newest record of a purpose of the customer itself. */
export const newestOf = (tenant: string, customerId: SQL | string, purpose: SQL | string) =>
  db
    .select({
      ...pick(consentTable, 'state', 'source', 'textVersion'),
    })
    .from(consentTable)
    .where(
      and(
        eq(consentTable.tenant, tenant),
        sql`${consentTable.customerId} = ${customerId}`,
        sql`${consentTable.purpose} = ${purpose}`,
        counts(consentTable, tenant),
      ),
    )
    .orderBy(desc(consentTable.place))
    .limit(1)

/** The document of a record in an answer: null where the customer has none. */
export const stateOf = (purpose: SQL | string) =>
  kind.orNull(kind.text)(sql`${customerTable.consents} ->> ${purpose}`)
