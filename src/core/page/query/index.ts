import { type SQL, sql } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import { sqlType } from '#db/sql-type'
import { db } from '#db/statement-builders'

/** The parameters of a list that is sorted by one key; `readKeyset` has the values. */
export const keysetParams = {
  /** The key after which the page begins. */
  after: sqlType.text,
  /** One row more than the page shows, so that the end of the list is known. */
  limit: sqlType.int,
}

/** Counts the rows of a table up to `most`. Counts are separate use cases, because most pages are not counted. */
export function countUpTo(most: number, table: PgTable, where: SQL | undefined) {
  const some = db
    .select({ found: sql`1`.as('found') })
    .from(table)
    .where(where)
    .limit(most)
    .as('some')
  return db.select({ total: sqlType.int(sql`count(*)::int`) }).from(some)
}
