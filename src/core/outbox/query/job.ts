import { and, eq, type SQL, sql, type WithSubquery } from 'drizzle-orm'
import { db, insertFrom, isAny, pick, type Source } from '#db/builder'
import { jobTable } from '#db/schema'
import { noAnswer, useCase } from '#db/use-case'

type Which = { readonly tenant: string; readonly id: string }

const isJob = ({ tenant, id }: Which) => and(eq(jobTable.tenant, tenant), eq(jobTable.id, id))

type NewJob = {
  /** A parameter made by `newJob`; a text for a job with a time, whose message cron sends. */
  readonly id: Source<string>
  /** A kind of `queue/perform.ts`. */
  readonly kind: string
  /** What its performer needs to know. */
  readonly payload: Source<Readonly<Record<string, unknown>>>
  /** Not before; without it, its message is sent after the commit, and by cron a minute later in case that one was lost. */
  readonly dueAt?: string
  /** `from … where …`: a job for each row. Without it, one. */
  readonly from?: SQL
  readonly ctes?: WithSubquery[]
}

/** Leaves work for later in the commit that causes it. */
export const enqueueJob = (
  { tenant, now }: { readonly tenant: string; readonly now: string },
  { id, kind, payload, dueAt, from = sql``, ctes = [] }: NewJob,
) =>
  insertFrom(
    jobTable,
    {
      tenant,
      id,
      kind,
      payload,
      dueAt: dueAt ?? sql<string>`${now} + interval '1 minute'`,
      createdAt: now,
    },
    from,
    ctes,
  )

/** Head of a list that does one job: its row goes with the effect, so the effect happens once. Refuses `job_done` when it is gone. */
export const takeJob = (it: Which) =>
  sql`with taken as ${db.delete(jobTable).where(isJob(it)).returning({ id: jobTable.id })} ${refuseDone}`

/** The same where a later statement deletes the job. */
export const lockJob = (it: Which) =>
  sql`with taken as ${db.select({ id: jobTable.id }).from(jobTable).where(isJob(it)).for('update')} ${refuseDone}`

const refuseDone = sql`select refuse('job_done') where not exists (select from taken)`

/** The end of such a list. */
export const deleteJob = (it: Which) => db.delete(jobTable).where(isJob(it))

/** Of a set, the jobs that are still to do, to stand in a `with`: with the effect they are done. */
export const takenJobs = ({
  tenant,
  ids,
}: {
  readonly tenant: string
  readonly ids: readonly string[]
}) =>
  db.$with('taken').as(
    db
      .delete(jobTable)
      .where(and(eq(jobTable.tenant, tenant), isAny(jobTable.id, ids)))
      .returning(pick(jobTable, 'id', 'payload')),
  )

/** Ends a job whose effect is elsewhere. Refuses `job_done` when it is gone. */
export const completeJob = useCase('complete_job', pick(jobTable, 'tenant', 'id'), (p) => [
  takeJob(p),
  noAnswer,
])

export const findJob = useCase('find_job', pick(jobTable, 'tenant', 'id'), (p) => [
  db.select(pick(jobTable, 'payload')).from(jobTable).where(isJob(p)),
])
