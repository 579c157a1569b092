import { eq } from 'drizzle-orm'
import { tickTable } from '#db/schema'
import { db, pick } from '#db/statement-builders'
import { useCase } from '#db/use-case'

/** The tasks of the clock for a tenant, and when each is due. */
export const listTaskDueTimes = useCase('list_due_tasks', pick(tickTable, 'tenant'), (p) => [
  db
    .select(pick(tickTable, 'task', 'dueAt'))
    .from(tickTable)
    .where(eq(tickTable.tenant, p.tenant)),
])
