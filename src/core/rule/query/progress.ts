import { and, eq, exists, isNull, notExists, sql } from 'drizzle-orm'
import { db, pick, refuseWhen } from '#db/builder'
import { jsonbOf } from '#db/document'
import { kind } from '#db/kind'
import { groupTable, groupTaskTable, jobTable } from '#db/schema'
import { newJob, noAnswer, useCase } from '#db/use-case'
import { enqueueJob, takeJob } from '#query/outbox'
import { isTask, which } from './task.ts'

/** Notes how far a task has come. No row: somebody else has taken it on, or it was replaced. */
export const noteProgress = useCase(
  'note_task_progress',
  { ...which, after: groupTaskTable.after, last: groupTaskTable.after, count: kind.int },
  (p) => [
    db
      .update(groupTaskTable)
      .set({ after: p.last, done: sql`${groupTaskTable.done} + ${p.count}` })
      .where(and(isTask(p), eq(groupTaskTable.after, p.after)))
      .returning(pick(groupTaskTable, 'done')),
  ],
)

/** Begins a commit that does one step of an addition. Refuses `precondition_failed` if the step is done, or the task is over or gone. */
export const stepAddition = useCase(
  'step_addition',
  { ...which, after: groupTaskTable.after, last: groupTaskTable.after, count: kind.int },
  (p) => {
    const due = and(isTask(p), eq(groupTaskTable.after, p.after), isNull(groupTaskTable.finishedAt))
    const task = db.select({ id: groupTaskTable.id }).from(groupTaskTable).$dynamic()
    return [
      task.where(isTask(p)).for('update'),
      refuseWhen({
        precondition_failed: notExists(
          db.select({ id: groupTaskTable.id }).from(groupTaskTable).where(due),
        ),
      }),
      db
        .update(groupTaskTable)
        .set({ after: p.last, done: sql`${groupTaskTable.done} + ${p.count}` })
        .where(isTask(p)),
      noAnswer,
    ]
  },
)

/** Ends a task and its job. Refuses `job_done`. */
export const finishTask = useCase(
  'finish_task',
  {
    ...which,
    job: jobTable.id,
    now: groupTaskTable.startedAt,
    /** All members that the rule holds are by the present rule. */
    isCarriedOut: kind.flag,
  },
  (p) => [
    takeJob({ tenant: p.tenant, id: p.job }),
    db
      .update(groupTaskTable)
      .set({ finishedAt: p.now, total: groupTaskTable.done, filter: null })
      .where(isTask(p)),
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
              .where(and(isTask(p), eq(groupTaskTable.ruleNumber, groupTable.ruleNumber))),
          ),
        ),
      ),
    noAnswer,
  ],
)

/** Lets another job go on with a task. Refuses `job_done`. */
export const continueTask = useCase(
  'continue_task',
  { ...which, job: jobTable.id, now: groupTaskTable.startedAt, rest: newJob('carry_out') },
  (p) => [
    takeJob({ tenant: p.tenant, id: p.job }),
    enqueueJob(p, {
      id: p.rest,
      kind: 'carry_out',
      payload: jsonbOf({ group: sql`${p.groupKey}`, task: sql`${p.id}` }),
    }),
    noAnswer,
  ],
)
