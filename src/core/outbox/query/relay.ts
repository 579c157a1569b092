import { and, lte, sql } from 'drizzle-orm'
import { db, isAny, pick } from '#db/builder'
import { kind } from '#db/kind'
import { jobTable } from '#db/schema'
import { useCase } from '#db/use-case'

/**
 * The jobs that are due, each due again later: the minutes double with each relay, up to an hour. What is due is looked for once, in
 * an array: a plan could ask a subquery again for each row, and would take more than the limit.
 */
export const relayJobs = useCase(
  'relay_jobs',
  { tenants: kind.texts, now: jobTable.dueAt, limit: kind.int },
  (p) => {
    const due = db
      .select({ place: sql`ctid` })
      .from(jobTable)
      .where(and(lte(jobTable.dueAt, p.now), isAny(jobTable.tenant, p.tenants)))
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
