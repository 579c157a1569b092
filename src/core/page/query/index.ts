import { type SQL, sql } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import { db } from '#db/builder'
import { kind } from '#db/kind'

/** What a list needs that goes by one key; `keysetOf` gives the values. */
export const keyset = {
  /** The key after which the page begins. */
  after: kind.text,
  /** One row more than the page shows, which tells that there are more. */
  limit: kind.int,
}

/** How many rows of a table there are, counted no further than `most`. A use case of its own: most pages are not counted. */
export function countUpTo(most: number, table: PgTable, where: SQL | undefined) {
  const some = db
    .select({ found: sql`1`.as('found') })
    .from(table)
    .where(where)
    .limit(most)
    .as('some')
  return db.select({ total: kind.int(sql`count(*)::int`) }).from(some)
}
