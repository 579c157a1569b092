import { and, type SQL, sql } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import { sqlType } from '#db/sql-type'
import { db } from '#db/statement-builders'
import { useCase } from '#db/use-case'
import { MAX_ROWS_PER_PURGE } from '../purge-limit.ts'

/** The parameters of a purge. It names the configured tenants, for another deployment may have its own in the same database. */
const purging = { tenants: sqlType.texts, before: sqlType.moment }

/**
 * A use case that purges old rows of the configured tenants.
 * @param isOld makes the test whether a row is older than a moment.
 */
export const purgeUseCase = (
  name: string,
  table: PgTable & { readonly tenant: PgColumn },
  isOld: (before: string) => SQL | undefined,
) =>
  useCase(name, purging, (p) => [
    purgeRows(table, and(sql`${table.tenant} = any(${p.tenants})`, isOld(p.before))),
  ])

/**
 * Deletes old rows without references, a bounded number at once, and skips locked rows. Answers with a row for each deleted one.
 */
function purgeRows(table: PgTable, isOld: SQL | undefined) {
  const old = db
    .select({ place: sql`ctid` })
    .from(table)
    .where(isOld)
    .limit(MAX_ROWS_PER_PURGE)
    .for('update', { skipLocked: true })
  return db
    .delete(table)
    .where(sql`ctid = any(array(${old}))`)
    .returning({ gone: sqlType.flag(sql`true`) })
}
