import { and, eq, gt, type SQL, sql } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import { db, pick } from '#db/builder'
import { kind } from '#db/kind'
import { groupTaskTable, listEntryTable, membershipTable } from '#db/schema'
import { noAnswer, useCase } from '#db/use-case'
import { isTask, which } from './task.ts'

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

const range = { ...pick(groupTaskTable, 'tenant', 'groupKey', 'after'), limit: kind.int }
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
      last: kind.orNull(kind.text)(sql`max(${next.id})`),
      count: kind.int(sql`count(*)::int`),
    })
    .from(next)
}

export const nextListed = useCase('next_listed', range, (p) => [rangeOf(listed(p), p)])
export const nextHeld = useCase('next_held', range, (p) => [rangeOf(held(p), p)])

const countOf = ({ table, is }: Subject) =>
  db.select({ total: sql`count(*)::int` }).from(table).where(is)

/** Counts what a task has to examine. @param p.isHeld whether only those whom the rule holds are examined. */
export const countTask = useCase('count_task', { ...which, isHeld: kind.flag }, (p) => [
  db
    .update(groupTaskTable)
    .set({
      total: sql`case when ${p.isHeld} then (${countOf(held(p))}) else (${countOf(listed(p))}) end`,
    })
    .where(isTask(p)),
  noAnswer,
])
