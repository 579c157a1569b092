import { type SQL, sql } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import { db } from '#db/builder'
import { kind } from '#db/kind'
import { PURGED_AT_ONCE } from '../purge-limit.ts'

/**
 * Deletes old rows that nothing points to, a bounded number at once, and passes over a row that somebody has locked. It answers with a
 * row for each.
 */
export function purgeRows(table: PgTable, isOld: SQL | undefined) {
  const old = db
    .select({ place: sql`ctid` })
    .from(table)
    .where(isOld)
    .limit(PURGED_AT_ONCE)
    .for('update', { skipLocked: true })
  return db
    .delete(table)
    .where(sql`ctid = any(array(${old}))`)
    .returning({ gone: kind.flag(sql`true`) })
}
