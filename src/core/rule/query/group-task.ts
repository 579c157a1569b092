import { and, eq, isNull, sql } from 'drizzle-orm'
import { groupTable, groupTaskTable, jobTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, pick } from '#db/statement-builders'
import { useCase } from '#db/use-case'

type Which = { readonly tenant: string; readonly groupKey: string; readonly id: string }

export const groupTaskParams = pick(groupTaskTable, 'tenant', 'groupKey', 'id')

export const isGroupTaskWithId = (p: Which) =>
  and(
    eq(groupTaskTable.tenant, p.tenant),
    eq(groupTaskTable.groupKey, p.groupKey),
    eq(groupTaskTable.id, p.id),
  )

/** Whether a group belongs to a task. The task is valid only while its rule is the group's rule. */
const isOfGroup = and(
  eq(groupTable.tenant, groupTaskTable.tenant),
  eq(groupTable.key, groupTaskTable.groupKey),
  isNull(groupTable.dissolvedAt),
  sql`${groupTaskTable.ruleNumber} in (0, ${groupTable.ruleNumber})`,
)

/** The task, if it is not over and not replaced. */
export const unfinishedGroupTask = (p: Which) =>
  db
    .select({ id: groupTaskTable.id })
    .from(groupTaskTable)
    .innerJoin(groupTable, isOfGroup)
    .where(and(isGroupTaskWithId(p), isNull(groupTaskTable.finishedAt)))

/** The task of a job, with the present rule of its group. No row: the job is done, or the task was replaced. */
export const findGroupTask = useCase(
  'find_group_task',
  { tenant: jobTable.tenant, job: jobTable.id },
  (p) => [
    db
      .select({
        ...pick(groupTaskTable, 'groupKey', 'id', 'kind', 'filter', 'startedAt', 'after', 'total'),
        ...pick(groupTable, 'ruleNumber'),
        hasRule: sqlType.flag(sql`${groupTable.rule} is not null`),
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
  ],
)
