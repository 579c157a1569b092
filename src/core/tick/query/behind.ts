import { and, lt, sql } from 'drizzle-orm'
import { db, isAny } from '#db/builder'
import { kind } from '#db/kind'
import { tickTable } from '#db/schema'
import { useCase } from '#db/use-case'

/** The tasks that were due before a moment, for any tenant, and since when. */
export const listBehind = useCase(
  'list_behind',
  { tenants: kind.texts, before: tickTable.dueAt },
  (p) => [
    db
      .select({
        task: tickTable.task,
        since: kind.moment(sql`min(${tickTable.dueAt})`),
      })
      .from(tickTable)
      .where(and(isAny(tickTable.tenant, p.tenants), lt(tickTable.dueAt, p.before)))
      .groupBy(tickTable.task)
      .orderBy(tickTable.task),
  ],
)
