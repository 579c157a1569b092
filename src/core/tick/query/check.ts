import { lt, sql } from 'drizzle-orm'
import { db, insertFrom } from '#db/builder'
import { kind } from '#db/kind'
import { tickTable } from '#db/schema'
import { useCase } from '#db/use-case'
import { oldestWriter } from '#query/event'

/**
 * Writes the time into a row that is no tenant's, unless it was written since `before`: a database that takes no writes refuses that.
 * Answers with the age in seconds of the oldest transaction that the feed waits for.
 */
export const checkDatabase = useCase(
  'check_database',
  { now: kind.moment, before: kind.moment },
  (p) => [
    insertFrom(
      tickTable,
      {
        tenant: '',
        task: 'ready',
        dueAt: 'infinity',
        leasedUntil: p.now,
        told: false,
      },
      sql``,
    ).onConflictDoUpdate({
      target: [tickTable.tenant, tickTable.task],
      set: { leasedUntil: p.now },
      setWhere: lt(tickTable.leasedUntil, p.before),
    }),
    db.select({ oldestWriter: oldestWriter() }).from(sql`(select) asked`),
  ],
)
