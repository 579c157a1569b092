import { and, eq, notExists, type SQL, sql, type WithSubquery } from 'drizzle-orm'
import { jobTable } from '#db/schema'
import { sqlType as kinds } from '#db/sql-type'
import { db, insertFrom, isAnyOf, pick, type Source } from '#db/statement-builders'
import { noAnswer, useCase } from '#db/use-case'

type Which = { readonly tenant: string; readonly id: string }

const isJob = ({ tenant, id }: Which) => and(eq(jobTable.tenant, tenant), eq(jobTable.id, id))

type NewJob = {
  /** A parameter made by `newJobParameter`; a text for a job with a time, whose message cron sends. */
  readonly id: Source<string>
  /** A kind of `queue/performers.ts`. */
  readonly kind: Source<string>
  /** The data that its performer needs. */
  readonly payload: Source<Readonly<Record<string, unknown>>>
  /** The earliest time. Without it, the message is sent after the commit, and by cron a minute later in case the first was lost. */
  readonly dueAt?: string
  /** `from … where …`: one job for each row. Without it there is one job. */
  readonly from?: SQL
  readonly ctes?: WithSubquery[]
}

/** Enqueues a job in the commit that causes it. */
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
      dueAt: dueAt ?? kinds.moment(sql`${now} + interval '1 minute'`),
      createdAt: now,
    },
    from,
    ctes,
  )

/** Deletes a job's row in the commit of its effect, so that the effect happens once. Refuses `job_done` when the row is gone. */
export const deleteJobOrRefuse = (which: Which) =>
  refuseDone(
    db.$with('taken').as(db.delete(jobTable).where(isJob(which)).returning({ id: jobTable.id })),
  )

/** `deleteJobOrRefuse` for a commit in which a later statement deletes the job. */
export const lockJobOrRefuse = (which: Which) =>
  refuseDone(
    db
      .$with('taken')
      .as(db.select({ id: jobTable.id }).from(jobTable).where(isJob(which)).for('update')),
  )

const refuseDone = (taken: WithSubquery) =>
  db
    .with(taken)
    .select({ refused: sql`refuse('job_done')` })
    .from(sql`(select) asked`)
    .where(notExists(db.select({ one: sql`1` }).from(taken)))

/** Deletes a job that `lockJobOrRefuse` has locked. */
export const deleteJob = (which: Which) => db.delete(jobTable).where(isJob(which))

/** Deletes those of some jobs that are still to do, in the commit of their effect. It is a part of a `with`. */
export const deletedJobs = ({
  tenant,
  ids,
}: {
  readonly tenant: string
  readonly ids: readonly string[]
}) =>
  db.$with('taken').as(
    db
      .delete(jobTable)
      .where(and(eq(jobTable.tenant, tenant), isAnyOf(jobTable.id, ids)))
      .returning(pick(jobTable, 'id', 'payload')),
  )

/** Deletes a job whose effect is done elsewhere. Refuses `job_done` when it is gone. */
export const completeJob = useCase('complete_job', pick(jobTable, 'tenant', 'id'), (p) => [
  deleteJobOrRefuse(p),
  noAnswer,
])

export const findJobPayload = useCase('find_job_payload', pick(jobTable, 'tenant', 'id'), (p) => [
  db.select(pick(jobTable, 'payload')).from(jobTable).where(isJob(p)),
])
