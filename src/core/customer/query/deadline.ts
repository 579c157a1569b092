import { sql } from 'drizzle-orm'
import { db } from '#db/builder'
import { kind } from '#db/kind'
import { directCall } from '#db/use-case'

/** Gives each statement that comes after it in the commit so many milliseconds. */
export const setDeadline = directCall('set_deadline', { milliseconds: kind.text }, (p) =>
  db
    .select({ deadline: kind.text(sql`set_config('statement_timeout', ${p.milliseconds}, true)`) })
    .from(sql`(select) asked`),
)
