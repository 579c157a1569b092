import { and, lt, lte, sql } from 'drizzle-orm'
import { tickTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, insertFrom, isAnyOf, pick } from '#db/statement-builders'
import { useCase } from '#db/use-case'

const params = {
  tasks: sqlType.texts,
  tenants: sqlType.texts,
  at: tickTable.dueAt,
  now: tickTable.leasedUntil,
  until: tickTable.leasedUntil,
  forgotten: tickTable.leasedUntil,
}

/**
 * Leases the tasks that are due at a moment and not leased yet, and returns them. A task that was never seen is due. One that this
 * release does not know, and that no other has had for long, is forgotten. It waits for no other run.
 */
export const leaseClockTasks = useCase('lease_clock_tasks', params, (p) => {
  const { tenant, task, dueAt, leasedUntil } = tickTable
  const free = db
    .select(pick(tickTable, 'tenant', 'task'))
    .from(tickTable)
    .where(
      and(
        isAnyOf(tenant, p.tenants),
        isAnyOf(task, p.tasks),
        lte(dueAt, p.at),
        lte(leasedUntil, p.now),
      ),
    )
    .for('update', { skipLocked: true })
  const unknown = db
    .select(pick(tickTable, 'tenant', 'task'))
    .from(tickTable)
    .where(
      and(
        isAnyOf(tenant, p.tenants),
        sql`not ${isAnyOf(task, p.tasks)}`,
        lt(leasedUntil, p.forgotten),
      ),
    )
    .for('update', { skipLocked: true })
  return [
    insertFrom(
      tickTable,
      {
        tenant: sqlType.text(sql`tenant`),
        task: sqlType.text(sql`task`),
        dueAt: p.at,
        leasedUntil: '-infinity',
        told: false,
      },
      sql`from unnest(${p.tenants}) tenant, unnest(${p.tasks}) task`,
    ).onConflictDoNothing(),
    db.delete(tickTable).where(sql`(${tenant}, ${task}) in (${unknown})`),
    db
      .update(tickTable)
      .set({ leasedUntil: p.until })
      .where(sql`(${tenant}, ${task}) in (${free})`)
      .returning(pick(tickTable, 'tenant', 'task', 'dueAt', 'told')),
  ]
})
