import type { TestApp } from './app.ts'
import { sql } from './sql.ts'

/** Takes the failures of an account, of which there are some, to one before the far bound, as if they had come from everywhere. */
export const nearFarBound = ({ db, tenant }: TestApp, customerId: string) =>
  db.run([
    sql`update failure set count = 99 where tenant = ${tenant} and customer_id = ${customerId} and alarm is not null`,
  ])
