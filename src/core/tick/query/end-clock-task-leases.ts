import { and, eq } from 'drizzle-orm'
import { listAsTable } from '#db/list-as-table'
import { tickTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, pick } from '#db/statement-builders'
import { noAnswer, useCase, type ValuesOf } from '#db/use-case'

const end = pick(tickTable, 'tenant', 'task', 'dueAt', 'told')

const params = {
  ends: sqlType.json<readonly ValuesOf<typeof end>[]>(),
  lease: tickTable.leasedUntil,
  now: tickTable.leasedUntil,
}

/** Ends a lease. A finished task is due at its next time. An unfinished task keeps its due time. */
export const endClockTaskLeases = useCase('end_clock_task_leases', params, (p) => {
  const { from, columns } = listAsTable('ended', p.ends, end)
  return [
    db
      .update(tickTable)
      .set({ dueAt: columns.dueAt, told: columns.told, leasedUntil: p.now })
      .from(from)
      .where(
        and(
          eq(tickTable.tenant, columns.tenant),
          eq(tickTable.task, columns.task),
          eq(tickTable.leasedUntil, p.lease),
        ),
      ),
    noAnswer,
  ]
})
