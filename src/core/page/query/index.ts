import { type SQL, sql } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import { db } from '#db/builder'
import { kind } from '#db/kind'

/** What a list needs that goes by one key and can be counted; `keysetOf` gives the values. */
export const keyset = {
  /** The key after which the page begins. */
  after: kind.text,
  /** One row more than the page shows, which tells that there are more. */
  limit: kind.int,
  /** How far to count; 0 when nobody asks. */
  most: kind.int,
}

/**
 * How many rows of a table there are, counted no further than `most`: a table of one row to select from, beside the page, and its
 * only column. The row is there for an empty page, too.
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
