import { type SQL, sql } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import { db } from '#db/builder'
import { kind } from '#db/kind'

/** The parameters of a list that is sorted by one key and can be counted; `keysetOf` has the values. */
export const keyset = {
  /** The key after which the page begins. */
  after: kind.text,
  /** One row more than the page shows, so that the end of the list is known. */
  limit: kind.int,
  /** The highest number to which to count; 0 without a request to count. */
  most: kind.int,
}

/**
 * Counts the rows of a table, no further than `most`. It gives a table of one row to select from beside the page, and its only column.
 * An empty page has the row, too.
 */
export function countUpTo(most: number, table: PgTable, where: SQL | undefined) {
  const some = db
    .select({ found: sql`1`.as('found') })
    .from(table)
    .where(where)
    .limit(most)
    .as('some')
  const counted = db
    .select({ total: sql<number>`count(*)::int`.as('total') })
    .from(some)
    .as('counted')
  return { counted, total: kind.int(sql`${counted.total}`) }
}
