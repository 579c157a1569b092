import { and, eq, notExists, sql } from 'drizzle-orm'
import { db, pick } from '#db/builder'
import { kind, WrittenJobs } from '#db/kind'
import { jobTable, mergeTable } from '#db/schema'
import { directCall, noAnswer, useCase } from '#db/use-case'
import { acting } from '#query/outbox'
import type { MergeOutcome, NamedPlan } from '../apply.ts'
import { call } from '../generated/call.ts'

/** Applies plans, each for itself. The rows are in their order. */
export const applyMerges = directCall(
  'apply_merges',
  { ...acting, plans: kind.jsonb<readonly NamedPlan[]>(), currency: kind.text },
  (p) => {
    const { columns, from } = call.applyMerges(p)
    return db
      .select({
        outcome: kind.textOf<MergeOutcome>()(sql`${columns.outcome}`),
        jobs: new WrittenJobs(columns.jobs, 'announce'),
      })
      .from(from)
  },
)

/** Merges that are due and shall not be any more. */
export const forgetMerges = useCase(
  'forget_merges',
  { ...pick(mergeTable, 'tenant'), ids: kind.texts },
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

/** Deletes those of the jobs whose merges are no longer due. */
export const deleteMergeJobs = useCase(
  'delete_merge_jobs',
  { ...pick(jobTable, 'tenant'), ids: kind.texts },
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
