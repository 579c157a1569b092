import { notExists, sql } from 'drizzle-orm'
import { spentProofTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, insertFrom, pick } from '#db/statement-builders'
import type { ValuesOf } from '#db/use-case'
import type { RefusalCode } from '#kernel/error'

export const spendProofParams = pick(spentProofTable, 'tenant', 'hash', 'expiresAt')

/**
 * Spends a proof at the head of the commit that it allows. Of two commits at once, the second waits for the first. Refuses `code` if the
 * proof was spent before.
 */
export function spendProof(p: ValuesOf<typeof spendProofParams>, code: RefusalCode) {
  const spent = db
    .$with('spent')
    .as(
      insertFrom(spentProofTable, p, sql``)
        .onConflictDoNothing()
        .returning({ hash: spentProofTable.hash }),
    )
  return db
    .with(spent)
    .select({ isNew: sqlType.flag(sql`refuse(${sql.raw(`'${code}'`)}) is null`) })
    .from(sql`(select) asked`)
    .where(notExists(db.select({ hash: spent.hash }).from(spent)))
}
