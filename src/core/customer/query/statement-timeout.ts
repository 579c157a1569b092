import { sql } from 'drizzle-orm'
import { db } from '#db/builder'
import { sqlType } from '#db/sql-type'
import { directCall } from '#db/use-case'

/** Sets a deadline, in milliseconds, for each later statement of the commit. */
export const setStatementTimeout = directCall(
  'set_statement_timeout',
  { milliseconds: sqlType.text },
  (p) =>
    db
      .select({
        deadline: sqlType.text(sql`set_config('statement_timeout', ${p.milliseconds}, true)`),
      })
      .from(sql`(select) asked`),
)
