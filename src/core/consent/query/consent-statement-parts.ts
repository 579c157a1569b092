import { and, desc, eq, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { inputColumns } from '#db/input-fields'
import { consentTable, customerTable, mergeTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { type ColumnsOf, db, pick } from '#db/statement-builders'
import { consentFields } from '../field-list.ts'

type Columns = Pick<ColumnsOf<typeof consentTable>, 'mergeId'>

/** Whether a record is in effect. A record of a merge is in effect until the merge is undone. */
export const isRecordInEffect = ({ mergeId }: Columns, tenant: string): SQL =>
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
export const consentRecordsOf = (tenant: string, id: SQL | string) =>
  db
    .select({
      ...pick(consentTable, 'customerId', 'purpose', 'state'),
      ...inputColumns(consentFields, consentTable),
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
        isRecordInEffect(consentTable, tenant),
      ),
    )
    .$dynamic()

/** The newest record of a purpose of the customer itself. */
export const newestConsentRecord = (
  tenant: string,
  customerId: SQL | string,
  purpose: SQL | string,
) =>
  db
    .select({
      ...pick(consentTable, 'state'),
      ...inputColumns(consentFields, consentTable),
    })
    .from(consentTable)
    .where(
      and(
        eq(consentTable.tenant, tenant),
        sql`${consentTable.customerId} = ${customerId}`,
        sql`${consentTable.purpose} = ${purpose}`,
        isRecordInEffect(consentTable, tenant),
      ),
    )
    .orderBy(desc(consentTable.place))
    .limit(1)

/** The present state of a purpose in the row of the customer; null: there is none. */
export const consentStateOf = (purpose: SQL | string) =>
  sqlType.orNull(sqlType.text)(sql`${customerTable.consents} ->> ${purpose}`)
