import { and, eq, isNotNull, sql } from 'drizzle-orm'
import { jsonbOf } from '#db/document'
import { groupTable, groupTaskTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, insertFrom, pick, refuseWhen } from '#db/statement-builders'
import { useCase } from '#db/use-case'
import {
  createGroupIfWanted,
  fromGroupIfAny,
  lockGroupAgainstDeletion,
  memberAdditionRefusals,
} from '#lock/group'
import { enqueueJob } from '#query/outbox'
import { selectGroupWithVersion } from './find.ts'
import { ruleParams } from './rule-statement-parts.ts'

/**
 * Begins to add all customers who match a filter to a group, by a job. The figures of earlier additions go. Refuses
 * `group_not_found`, `group_being_deleted`.
 */
export const beginAddingMatchingCustomers = useCase(
  'begin_adding_matching_customers',
  {
    ...ruleParams,
    ...pick(groupTable, 'name'),
    create: sqlType.flag,
    filter: sqlType.jsonb<Readonly<Record<string, unknown>>>(),
  },
  (p) => [
    createGroupIfWanted(p),
    lockGroupAgainstDeletion(p),
    refuseWhen(memberAdditionRefusals(p), fromGroupIfAny(p)),
    db
      .delete(groupTaskTable)
      .where(
        and(
          eq(groupTaskTable.tenant, p.tenant),
          eq(groupTaskTable.groupKey, p.group),
          eq(groupTaskTable.kind, 'add'),
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
        ruleNumber: sqlType.int(sql`0`),
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
    selectGroupWithVersion(p),
  ],
)
