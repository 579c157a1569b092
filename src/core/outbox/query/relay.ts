import { and, lte, sql } from 'drizzle-orm'
import { jobTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, isAnyOf, pick } from '#db/statement-builders'
import { useCase } from '#db/use-case'

/**
 * Takes the jobs that are due. Each is due again later: the minutes double with each relay, up to an hour. The due jobs are read once,
 * into an array: a plan could run a subquery again for each row, and would take more than the limit.
 */
export const relayJobs = useCase(
  'relay_jobs',
  { tenants: sqlType.texts, now: jobTable.dueAt, limit: sqlType.int },
  (p) => {
    const due = db
      .select({ place: sql`ctid` })
      .from(jobTable)
      .where(and(lte(jobTable.dueAt, p.now), isAnyOf(jobTable.tenant, p.tenants)))
      .orderBy(jobTable.dueAt)
      .limit(p.limit)
      .for('update', { skipLocked: true })
    return [
      db
        .update(jobTable)
        .set({
          relays: sql`${jobTable.relays} + 1`,
          dueAt: sql`${p.now} + least(interval '1 minute' * 2 ^ least(${jobTable.relays} + 1, 10), interval '1 hour')`,
        })
        .where(sql`${jobTable}.ctid = any(array(${due}))`)
        .returning(pick(jobTable, 'tenant', 'id', 'kind')),
    ]
  },
)
