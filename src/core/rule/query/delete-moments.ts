import { and, eq, exists, sql } from 'drizzle-orm'
import { groupTable, ruleMomentTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, pick } from '#db/statement-builders'
import { useCase } from '#db/use-case'
import { groupTaskParams, unfinishedGroupTask } from './group-task.ts'

/** Deletes moments of a group whose rule is not judged any more, as long as the task stands. A row for each. */
export const deleteMoments = useCase(
  'delete_moments',
  { ...groupTaskParams, limit: sqlType.int },
  (p) => {
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
        .where(and(sql`ctid = any(array(${places}))`, exists(unfinishedGroupTask(p))))
        .returning(pick(ruleMomentTable, 'groupKey')),
    ]
  },
)
