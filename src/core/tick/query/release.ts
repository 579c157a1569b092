import { and, eq } from 'drizzle-orm'
import { db, pick } from '#db/builder'
import { kind } from '#db/kind'
import { recordsOf } from '#db/record'
import { tickTable } from '#db/schema'
import { noAnswer, useCase, type ValuesOf } from '#db/use-case'

const end = pick(tickTable, 'tenant', 'task', 'dueAt', 'told')

const params = {
  ends: kind.json<readonly ValuesOf<typeof end>[]>(),
  lease: tickTable.leasedUntil,
  now: tickTable.leasedUntil,
}

/** Ends a lease. What is done is due at its next moment, what is left has been due all the time. */
export const endTickLeases = useCase('end_tick_leases', params, (p) => {
  const { from, columns } = recordsOf('ended', p.ends, end)
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
