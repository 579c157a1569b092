import { and, eq, sql } from 'drizzle-orm'
import { jobTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, pick } from '#db/statement-builders'
import { noAnswer, useCase } from '#db/use-case'

const params = { ...pick(jobTable, 'tenant'), ids: sqlType.texts }

const isNamed = (p: { readonly tenant: string; readonly ids: readonly string[] }) =>
  and(eq(jobTable.tenant, p.tenant), sql`${jobTable.id} = any(${p.ids})`)

/** The orders of jobs that record orders. */
export const findOrdersOfJobs = useCase('find_orders_of_jobs', params, (p) => [
  db
    .select(pick(jobTable, 'id', 'payload'))
    .from(jobTable)
    .where(isNamed(p)),
])

export const deleteOrderJobs = useCase('delete_order_jobs', params, (p) => [
  db.delete(jobTable).where(isNamed(p)),
  noAnswer,
])
