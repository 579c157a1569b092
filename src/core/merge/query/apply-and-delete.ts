import { and, eq, notExists, sql } from 'drizzle-orm'
import { jobTable, mergeTable } from '#db/schema'
import { sqlType, WrittenJobs } from '#db/sql-type'
import { db, pick } from '#db/statement-builders'
import { directUseCase, noAnswer, useCase } from '#db/use-case'
import { actorParams } from '#query/outbox'
import type { MergeOutcome, MergePlanWithId } from '../apply.ts'
import { call } from '../generated/call.ts'

/** Applies plans independently of each other. The rows are in their order. */
export const applyMerges = directUseCase(
  'apply_merges',
  { ...actorParams, plans: sqlType.jsonb<readonly MergePlanWithId[]>(), currency: sqlType.text },
  (p) => {
    const { columns, from } = call.applyMerges(p)
    return db
      .select({
        outcome: sqlType.textOf<MergeOutcome>()(sql`${columns.outcome}`),
        jobs: new WrittenJobs(columns.jobs, 'announce'),
      })
      .from(from)
  },
)

/** Deletes merges that are due but no longer wanted. */
export const deleteUnwantedMerges = useCase(
  'delete_unwanted_merges',
  { ...pick(mergeTable, 'tenant'), ids: sqlType.texts },
  (p) => [
    db
      .delete(mergeTable)
      .where(
        and(
          eq(mergeTable.tenant, p.tenant),
          sql`${mergeTable.id} = any(${p.ids})`,
          eq(mergeTable.state, 'pending'),
        ),
      ),
    noAnswer,
  ],
)

/** Deletes the jobs whose merges are no longer due. */
export const deleteJobsWithoutPendingMerge = useCase(
  'delete_jobs_without_pending_merge',
  { ...pick(jobTable, 'tenant'), ids: sqlType.texts },
  (p) => [
    db.delete(jobTable).where(
      and(
        eq(jobTable.tenant, p.tenant),
        sql`${jobTable.id} = any(${p.ids})`,
        notExists(
          db
            .select({ id: mergeTable.id })
            .from(mergeTable)
            .where(
              and(
                eq(mergeTable.tenant, p.tenant),
                eq(mergeTable.id, sql`${jobTable.payload} ->> 'merge'`),
                eq(mergeTable.state, 'pending'),
              ),
            ),
        ),
      ),
    ),
    noAnswer,
  ],
)
