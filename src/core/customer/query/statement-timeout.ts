import { sql } from 'drizzle-orm'
import { sqlType } from '#db/sql-type'
import { db } from '#db/statement-builders'
import { directUseCase } from '#db/use-case'

/** Sets a deadline, in milliseconds, for each later statement of the commit. */
export const setStatementTimeout = directUseCase(
  'set_statement_timeout',
  { milliseconds: sqlType.text },
  (p) =>
    db
      .select({
        deadline: sqlType.text(sql`set_config('statement_timeout', ${p.milliseconds}, true)`),
      })
      .from(sql`(select) asked`),
)
