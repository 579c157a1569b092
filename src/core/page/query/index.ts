import { type SQL, sql } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import { db } from '#db/builder'
import { kind } from '#db/kind'

/** The parameters of a list that is sorted by one key; `keysetOf` has the values. */
export const keyset = {
  /** The key after which the page begins. */
  after: kind.text,
  /** One row more than the page shows, so that the end of the list is known. */
  limit: kind.int,
}

/** Counts the rows of a table, no further than `most`. It is a use case of its own, for most pages are not counted. */
export function countUpTo(most: number, table: PgTable, where: SQL | undefined) {
  const some = db
    .select({ found: sql`1`.as('found') })
    .from(table)
    .where(where)
    .limit(most)
    .as('some')
  return db.select({ total: kind.int(sql`count(*)::int`) }).from(some)
}
