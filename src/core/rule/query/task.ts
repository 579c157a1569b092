import { and, eq, exists, gt, isNull, notExists, type SQL, sql } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import { db, pick, refuseWhen } from '#db/builder'
import { jsonbOf } from '#db/document'
import { kind } from '#db/kind'
import {
  customerTable,
  groupTable,
  groupTaskTable,
  jobTable,
  membershipTable,
  ruleMomentTable,
} from '#db/schema'
import { newJob, noAnswer, useCase } from '#db/use-case'
import { enqueueJob, takeJob } from '#query/outbox'

type Which = { readonly tenant: string; readonly groupKey: string; readonly id: string }

const which = pick(groupTaskTable, 'tenant', 'groupKey', 'id')

const isTask = (p: Which) =>
  and(
    eq(groupTaskTable.tenant, p.tenant),
    eq(groupTaskTable.groupKey, p.groupKey),
    eq(groupTaskTable.id, p.id),
  )

/** Whether a group is that of a task, which stands as long as the rule is the one that it carries out. */
const isOfGroup = and(
  eq(groupTable.tenant, groupTaskTable.tenant),
  eq(groupTable.key, groupTaskTable.groupKey),
  isNull(groupTable.dissolvedAt),
  sql`${groupTaskTable.ruleNumber} in (0, ${groupTable.ruleNumber})`,
)

/** The task of a job, with the present rule of its group. No row: the job is done, or the task was replaced. */
export const findTask = useCase('find_task', { tenant: jobTable.tenant, job: jobTable.id }, (p) => [
  db
    .select({
      ...pick(groupTaskTable, 'groupKey', 'id', 'kind', 'filter', 'startedAt', 'after', 'total'),
      ...pick(groupTable, 'ruleNumber'),
      hasRule: kind.flag(sql`${groupTable.rule} is not null`),
    })
    .from(jobTable)
    .innerJoin(
      groupTaskTable,
      and(
        eq(groupTaskTable.tenant, jobTable.tenant),
        sql`${groupTaskTable.groupKey} = ${jobTable.payload} ->> 'group'`,
        sql`${groupTaskTable.id} = ${jobTable.payload} ->> 'task'`,
        isNull(groupTaskTable.finishedAt),
      ),
    )
    .innerJoin(groupTable, isOfGroup)
    .where(and(eq(jobTable.tenant, p.tenant), eq(jobTable.id, p.job))),
])

/** The customers that a task has to examine: the listed ones, or those whom the rule of a group holds. */
const listed = (p: { readonly tenant: string }) => ({
  table: customerTable,
  id: customerTable.id,
  is: and(eq(customerTable.tenant, p.tenant), eq(customerTable.listed, true)),
})
const held = (p: { readonly tenant: string; readonly groupKey: string }) => ({
  table: membershipTable,
  id: membershipTable.customerId,
  is: and(
    eq(membershipTable.tenant, p.tenant),
    eq(membershipTable.groupKey, p.groupKey),
    eq(membershipTable.byRule, true),
  ),
})
type Subject = { readonly table: PgTable; readonly id: PgColumn; readonly is: SQL | undefined }

const range = { ...pick(groupTaskTable, 'tenant', 'groupKey', 'after'), limit: kind.int }
type Range = { readonly after: string; readonly limit: number }

/** The next customers of a task: how many there are, and the last of them. */
function rangeOf({ table, id, is }: Subject, p: Range) {
  const next = db
    .select({ id: sql<string>`${id}`.as('next_id') })
    .from(table)
    .where(and(is, gt(id, p.after)))
    .orderBy(id)
    .limit(p.limit)
    .as('next')
  return db
    .select({
      last: kind.orNull(kind.text)(sql`max(${next.id})`),
      count: kind.int(sql`count(*)::int`),
    })
    .from(next)
}

export const nextListed = useCase('next_listed', range, (p) => [rangeOf(listed(p), p)])
export const nextHeld = useCase('next_held', range, (p) => [rangeOf(held(p), p)])

const countOf = ({ table, is }: Subject) =>
  db.select({ total: sql`count(*)::int` }).from(table).where(is)

/** Counts what a task has to examine. @param p.isHeld whether only those whom the rule holds are examined. */
export const countTask = useCase('count_task', { ...which, isHeld: kind.flag }, (p) => [
  db
    .update(groupTaskTable)
    .set({
      total: sql`case when ${p.isHeld} then (${countOf(held(p))}) else (${countOf(listed(p))}) end`,
    })
    .where(isTask(p)),
  noAnswer,
])

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

/** Deletes moments of a group whose rule is not judged any more, as long as the task stands. A row for each. */
export const dropMoments = useCase('drop_moments', { ...which, limit: kind.int }, (p) => {
  const isOfGroup = and(
    eq(ruleMomentTable.tenant, p.tenant),
    eq(ruleMomentTable.groupKey, p.groupKey),
  )
  const places = db
    .select({ place: sql`ctid` })
    .from(ruleMomentTable)
    .where(isOfGroup)
    .limit(p.limit)
  return [
    db
      .select({ key: groupTable.key })
      .from(groupTable)
      .where(and(eq(groupTable.tenant, p.tenant), eq(groupTable.key, p.groupKey)))
      .for('key share'),
    db
      .delete(ruleMomentTable)
      .where(and(sql`ctid = any(array(${places}))`, exists(standing(p))))
      .returning(pick(ruleMomentTable, 'groupKey')),
  ]
})

/** The task, if it is not over and not replaced. */
const standing = (p: Which) =>
  db
    .select({ id: groupTaskTable.id })
    .from(groupTaskTable)
    .innerJoin(groupTable, isOfGroup)
    .where(and(isTask(p), isNull(groupTaskTable.finishedAt)))

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

/** Ends a task and its job. What the group holds is by its present rule then. Refuses `job_done`. */
export const finishTask = useCase(
  'finish_task',
  { ...which, job: jobTable.id, now: groupTaskTable.startedAt },
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
