import { sql } from 'drizzle-orm'
import { kind } from '#db/kind'
import { customerTable } from '#db/schema'

/** The mail to a customer who is about to get a password: the first one, or another one. */
export const passwordTemplate = kind.textOf<'password_set' | 'password_changed'>()(
  sql`case when ${customerTable.passwordHash} is null then 'password_set' else 'password_changed' end`,
)
