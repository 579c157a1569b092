import { and, eq, notExists, sql } from 'drizzle-orm'
import { mailTokenTable, quotaTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, isAnyOf } from '#db/statement-builders'
import { noAnswer, useCase, type ValuesOf } from '#db/use-case'

export const spendCodeParams = {
  tenant: mailTokenTable.tenant,
  handle: mailTokenTable.subject,
  /** The code or the link that was right. */
  tokenId: mailTokenTable.id,
  /** The counts of mails with a code that are given back. */
  quotas: sqlType.texts,
}
type Spending = ValuesOf<typeof spendCodeParams>

/** Spends a code with all others of its handle, and gives back the limits of its mails. Refuses `invalid_credentials` if it is spent. */
export function spendCodesOfHandle(p: Spending) {
  const spent = db.$with('spent').as(
    db
      .delete(mailTokenTable)
      .where(and(eq(mailTokenTable.tenant, p.tenant), eq(mailTokenTable.subject, p.handle)))
      .returning({ id: mailTokenTable.id }),
  )
  return [
    db
      .with(spent)
      .select({ isGood: sqlType.flag(sql`refuse('invalid_credentials') is null`) })
      .from(sql`(select) asked`)
      .where(notExists(db.select({ id: spent.id }).from(spent).where(eq(spent.id, p.tokenId)))),
    db
      .delete(quotaTable)
      .where(and(eq(quotaTable.tenant, p.tenant), isAnyOf(quotaTable.key, p.quotas))),
  ] as const
}

/** Spends a code at the head of the commit that it allows. */
export const spendCode = useCase('spend_code', spendCodeParams, (p) => [
  ...spendCodesOfHandle(p),
  noAnswer,
])
