import { and, lt, sql } from 'drizzle-orm'
import { tickTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, isAnyOf } from '#db/statement-builders'
import { useCase } from '#db/use-case'

/** The tasks that were due before a moment, for any tenant, and since when. */
export const listTasksBehind = useCase(
  'list_tasks_behind',
  { tenants: sqlType.texts, before: tickTable.dueAt },
  (p) => [
    db
      .select({
        task: tickTable.task,
        since: sqlType.moment(sql`min(${tickTable.dueAt})`),
      })
      .from(tickTable)
      .where(and(isAnyOf(tickTable.tenant, p.tenants), lt(tickTable.dueAt, p.before)))
      .groupBy(tickTable.task)
      .orderBy(tickTable.task),
  ],
)
