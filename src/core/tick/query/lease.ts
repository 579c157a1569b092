import { and, lt, lte, sql } from 'drizzle-orm'
import { db, insertFrom, isAny, pick } from '#db/builder'
import { kind } from '#db/kind'
import { tickTable } from '#db/schema'
import { useCase } from '#db/use-case'

const params = {
  tasks: kind.texts,
  tenants: kind.texts,
  at: tickTable.dueAt,
  now: tickTable.leasedUntil,
  until: tickTable.leasedUntil,
  forgotten: tickTable.leasedUntil,
}

/**
 * Leases the tasks that are due at a moment and not leased yet, and returns them. A task that was never seen is due. One that this
 * release does not know, and that no other has had for long, is forgotten. It waits for no other run.
 */
export const leaseTicks = useCase('lease_ticks', params, (p) => {
  const { tenant, task, dueAt, leasedUntil } = tickTable
  const free = db
    .select(pick(tickTable, 'tenant', 'task'))
    .from(tickTable)
    .where(
      and(
        isAny(tenant, p.tenants),
        isAny(task, p.tasks),
        lte(dueAt, p.at),
        lte(leasedUntil, p.now),
      ),
    )
    .for('update', { skipLocked: true })
  const unknown = db
    .select(pick(tickTable, 'tenant', 'task'))
    .from(tickTable)
    .where(
      and(isAny(tenant, p.tenants), sql`not ${isAny(task, p.tasks)}`, lt(leasedUntil, p.forgotten)),
    )
    .for('update', { skipLocked: true })
  return [
    insertFrom(
      tickTable,
      {
        tenant: kind.text(sql`tenant`),
        task: kind.text(sql`task`),
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
