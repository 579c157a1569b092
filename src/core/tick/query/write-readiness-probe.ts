import { lt, sql } from 'drizzle-orm'
import { tickTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, insertFrom } from '#db/statement-builders'
import { useCase } from '#db/use-case'
import { oldestEventWriterAge } from '#query/event'

/**
 * Writes the time into a row without a tenant, unless it was written since `before`. The write fails if the database is read-only.
 * Answers with the age in seconds of the oldest transaction that the feed waits for.
 */
export const writeReadinessProbe = useCase(
  'write_readiness_probe',
  { now: sqlType.moment, before: sqlType.moment },
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
    db.select({ oldestWriter: oldestEventWriterAge() }).from(sql`(select) asked`),
  ],
)
