import { and, gte, lte, not, sql } from 'drizzle-orm'
import { db, pick } from '#db/builder'
import { kind } from '#db/kind'
import { failureTable } from '#db/schema'
import { useCase } from '#db/use-case'

/** The wrong secrets that a client may show from one place within a minute. */
const MOST = 20

/** Counts a wrong secret in the minute that the first one began. Answers with the seconds until that is over; 0: it may be tried again. */
export const countWrongSecret = useCase(
  'count_wrong_secret',
  { ...pick(failureTable, 'tenant', 'key'), now: failureTable.lastAt },
  (p) => {
    const isOver = lte(failureTable.lastAt, kind.moment(sql`${p.now} - interval '1 minute'`))
    const isTooMany = and(not(isOver), gte(failureTable.count, MOST))
    return [
      db
        .insert(failureTable)
        .values({
          tenant: p.tenant,
          key: p.key,
          count: 1,
          lastAt: p.now,
          blockedUntil: '-infinity',
        })
        .onConflictDoUpdate({
          target: [failureTable.tenant, failureTable.key],
          set: {
            count: sql`case when ${isOver} then 1 else ${failureTable.count} + 1 end`,
            lastAt: sql`case when ${isOver} then ${p.now} else ${failureTable.lastAt} end`,
            blockedUntil: sql`case when ${isTooMany} then ${failureTable.lastAt} + interval '1 minute' else '-infinity' end`,
          },
        })
        .returning({
          seconds: kind.int(
            sql`case when ${failureTable.blockedUntil} > ${p.now} then ceil(extract(epoch from ${failureTable.blockedUntil} - ${p.now}))::int else 0 end`,
          ),
        }),
    ]
  },
)
