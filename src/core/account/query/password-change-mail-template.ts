import { sql } from 'drizzle-orm'
import { customerTable } from '#db/schema'
import { sqlType } from '#db/sql-type'

/** The template of the mail about a new password: it depends on whether the customer had a password before. */
export const passwordChangeMailTemplate = sqlType.textOf<'password_set' | 'password_changed'>()(
  sql`case when ${customerTable.passwordHash} is null then 'password_set' else 'password_changed' end`,
)
