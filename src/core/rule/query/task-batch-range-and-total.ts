import { and, eq, gt, type SQL, sql } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import { groupTaskTable, listEntryTable, membershipTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, pick } from '#db/statement-builders'
import { noAnswer, useCase } from '#db/use-case'
import { groupTaskParams, isGroupTaskWithId } from './group-task.ts'

/** The customers that a task has to examine: the listed ones, or those whom the rule of a group holds. */
const listed = (p: { readonly tenant: string }) => ({
  table: listEntryTable,
  id: listEntryTable.id,
  is: and(eq(listEntryTable.tenant, p.tenant), eq(listEntryTable.listed, true)),
})
const held = (p: { readonly tenant: string; readonly groupKey: string }) => ({
  table: membershipTable,
  id: membershipTable.customerId,
  is: and(
    eq(membershipTable.tenant, p.tenant),
    eq(membershipTable.groupKey, p.groupKey),
    eq(membershipTable.byRule, true),
  ),
})
type Subject = { readonly table: PgTable; readonly id: PgColumn; readonly is: SQL | undefined }

const range = { ...pick(groupTaskTable, 'tenant', 'groupKey', 'after'), limit: sqlType.int }
type Range = { readonly after: string; readonly limit: number }

/** The next customers of a task: how many there are, and the last of them. */
function rangeOf({ table, id, is }: Subject, p: Range) {
  const next = db
    .select({ id: sql<string>`${id}`.as('next_id') })
    .from(table)
    .where(and(is, gt(id, p.after)))
    .orderBy(id)
    .limit(p.limit)
    .as('next')
  return db
    .select({
      last: sqlType.orNull(sqlType.text)(sql`max(${next.id})`),
      count: sqlType.int(sql`count(*)::int`),
    })
    .from(next)
}

export const findListedBatchRange = useCase('find_listed_batch_range', range, (p) => [
  rangeOf(listed(p), p),
])
export const findHeldBatchRange = useCase('find_held_batch_range', range, (p) => [
  rangeOf(held(p), p),
])

const countOf = ({ table, is }: Subject) =>
  db.select({ total: sql`count(*)::int` }).from(table).where(is)

/** Counts what a task has to examine. @param p.isHeld whether only those whom the rule holds are examined. */
export const storeTaskTotal = useCase(
  'store_task_total',
  { ...groupTaskParams, isHeld: sqlType.flag },
  (p) => [
    db
      .update(groupTaskTable)
      .set({
        total: sql`case when ${p.isHeld} then (${countOf(held(p))}) else (${countOf(listed(p))}) end`,
      })
      .where(isGroupTaskWithId(p)),
    noAnswer,
  ],
)
