import { and, eq, isNotNull, notExists, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { db, insertFrom, pick, refuseWhen } from '#db/builder'
import { jsonbOf } from '#db/document'
import { kind } from '#db/kind'
import { groupTable, groupTaskTable } from '#db/schema'
import { useCase } from '#db/use-case'
import { createIfWanted, joinedGroup, joinRefusals, lockJoinedGroup } from '#lock/group'
import { enqueueJob } from '#query/outbox'
import { groupAnswer } from './find.ts'
import { ruleParams } from './rule.ts'

/**
 * Begins to add all customers who match a filter to a group, by a job. The figures of work that is over go when nothing else runs. Refuses
 * `group_not_found`, `group_being_deleted`.
 */
export const beginAddition = useCase(
  'begin_addition',
  {
    ...ruleParams,
    ...pick(groupTable, 'name'),
    create: kind.flag,
    filter: kind.jsonb<Readonly<Record<string, unknown>>>(),
  },
  (p) => {
    const running = alias(groupTaskTable, 'running')
    const isOfGroup = (task: typeof groupTaskTable | typeof running) =>
      and(eq(task.tenant, p.tenant), eq(task.groupKey, p.group))
    return [
      createIfWanted(p),
      lockJoinedGroup(p),
      refuseWhen(joinRefusals(p), joinedGroup(p)),
      db.delete(groupTaskTable).where(
        and(
          isOfGroup(groupTaskTable),
          notExists(
            db
              .select({ id: running.id })
              .from(running)
              .where(and(isOfGroup(running), sql`${running.finishedAt} is null`)),
          ),
          isNotNull(groupTaskTable.finishedAt),
        ),
      ),
      insertFrom(
        groupTaskTable,
        {
          tenant: p.tenant,
          groupKey: p.group,
          id: p.task,
          kind: 'add',
          ruleNumber: kind.int(sql`0`),
          filter: p.filter,
          startedAt: p.now,
        },
        sql``,
      ),
      enqueueJob(p, {
        id: p.taskJob,
        kind: 'carry_out',
        payload: jsonbOf({ group: sql`${p.group}`, task: sql`${p.task}` }),
      }),
      groupAnswer(p),
    ]
  },
)
