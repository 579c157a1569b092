import { not, sql } from 'drizzle-orm'
import { db } from '#db/builder'
import { noAnswer, useCase } from '#db/use-case'
import { spend, spending } from './quota.ts'

/** Counts what a caller makes without a proof. Refuses `too_many_requests` beyond its bounds. */
export const countMade = useCase('count_made', spending, (p) => {
  const facts = { isUnproven: sql`true`, isLinked: sql`true`, isFromDevice: sql`false` }
  const { ctes, isAdmitted } = spend(p, facts)
  return [
    db
      .with(...ctes)
      .select({ refused: sql`refuse('too_many_requests')` })
      .from(sql`(select) asked`)
      .where(not(sql`(${isAdmitted})`)),
    noAnswer,
  ]
})
