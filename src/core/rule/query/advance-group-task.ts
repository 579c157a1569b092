import { and, eq, exists, isNull, notExists, sql } from 'drizzle-orm'
import { jsonbOf } from '#db/document'
import { groupTable, groupTaskTable, jobTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, pick, refuseWhen } from '#db/statement-builders'
import { newJobParameter, noAnswer, useCase } from '#db/use-case'
import { deleteJobOrRefuse, enqueueJob } from '#query/outbox'
import { groupTaskParams, isGroupTaskWithId } from './group-task.ts'

/** Notes how far a task has come. No row: somebody else has taken it on, or it was replaced. */
export const noteTaskProgress = useCase(
  'note_task_progress',
  {
    ...groupTaskParams,
    after: groupTaskTable.after,
    last: groupTaskTable.after,
    count: sqlType.int,
  },
  (p) => [
    db
      .update(groupTaskTable)
      .set({ after: p.last, done: sql`${groupTaskTable.done} + ${p.count}` })
      .where(and(isGroupTaskWithId(p), eq(groupTaskTable.after, p.after)))
      .returning(pick(groupTaskTable, 'done')),
  ],
)

/** Begins a commit that does one step of an addition. Refuses `precondition_failed` if the step is done, or the task is over or gone. */
export const beginAdditionStep = useCase(
  'begin_addition_step',
  {
    ...groupTaskParams,
    after: groupTaskTable.after,
    last: groupTaskTable.after,
    count: sqlType.int,
  },
  (p) => {
    const due = and(
      isGroupTaskWithId(p),
      eq(groupTaskTable.after, p.after),
      isNull(groupTaskTable.finishedAt),
    )
    const task = db.select({ id: groupTaskTable.id }).from(groupTaskTable).$dynamic()
    return [
      task.where(isGroupTaskWithId(p)).for('update'),
      refuseWhen({
        precondition_failed: notExists(
          db.select({ id: groupTaskTable.id }).from(groupTaskTable).where(due),
        ),
      }),
      db
        .update(groupTaskTable)
        .set({ after: p.last, done: sql`${groupTaskTable.done} + ${p.count}` })
        .where(isGroupTaskWithId(p)),
      noAnswer,
    ]
  },
)

/** Ends a task and its job. Refuses `job_done`. */
export const finishGroupTask = useCase(
  'finish_group_task',
  {
    ...groupTaskParams,
    job: jobTable.id,
    now: groupTaskTable.startedAt,
    /** All members that the rule holds are by the present rule. */
    isCarriedOut: sqlType.flag,
  },
  (p) => [
    deleteJobOrRefuse({ tenant: p.tenant, id: p.job }),
    db
      .update(groupTaskTable)
      .set({ finishedAt: p.now, total: groupTaskTable.done, filter: null })
      .where(isGroupTaskWithId(p)),
    db
      .update(groupTable)
      .set({ mayHoldShoppers: groupTable.allowShopperValues })
      .where(
        and(
          eq(groupTable.tenant, p.tenant),
          eq(groupTable.key, p.groupKey),
          sql`${p.isCarriedOut}`,
          exists(
            db
              .select({ id: groupTaskTable.id })
              .from(groupTaskTable)
              .where(
                and(isGroupTaskWithId(p), eq(groupTaskTable.ruleNumber, groupTable.ruleNumber)),
              ),
          ),
        ),
      ),
    noAnswer,
  ],
)

/** Lets another job go on with a task. Refuses `job_done`. */
export const enqueueNextGroupTaskJob = useCase(
  'enqueue_next_group_task_job',
  {
    ...groupTaskParams,
    job: jobTable.id,
    now: groupTaskTable.startedAt,
    rest: newJobParameter('carry_out'),
  },
  (p) => [
    deleteJobOrRefuse({ tenant: p.tenant, id: p.job }),
    enqueueJob(p, {
      id: p.rest,
      kind: 'carry_out',
      payload: jsonbOf({ group: sql`${p.groupKey}`, task: sql`${p.id}` }),
    }),
    noAnswer,
  ],
)
