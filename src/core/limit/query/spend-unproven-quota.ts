import { and, eq, not, sql } from 'drizzle-orm'
import { quotaTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db } from '#db/statement-builders'
import { useCase } from '#db/use-case'
import { spendQuota, spendQuotaParams } from './quota.ts'

/** The bound of the place itself, whose count is the answer; null: there is no place. */
const params = { ...spendQuotaParams, near: sqlType.orNull(sqlType.text) }

/** Counts what a caller makes without a proof. Refuses `too_many_requests` beyond its bounds. Answers with the count of its place. */
export const spendUnprovenQuota = useCase('spend_unproven_quota', params, (p) => {
  const facts = { isUnproven: sql`true`, isLinked: sql`true`, isFromDevice: sql`false` }
  const { ctes, isAdmitted } = spendQuota(p, facts)
  return [
    db
      .with(...ctes)
      .select({ refused: sql`refuse('too_many_requests')` })
      .from(sql`(select) asked`)
      .where(not(sql`(${isAdmitted})`)),
    db
      .select({ count: quotaTable.count })
      .from(quotaTable)
      .where(and(eq(quotaTable.tenant, p.tenant), sql`${quotaTable.key} = ${p.near}`)),
  ]
})
