import { and, asc, eq, gt, lte, or, sql } from 'drizzle-orm'
import { jobTable, tickTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db } from '#db/statement-builders'
import { useCase } from '#db/use-case'

/** So many of the jobs that are first due are looked at. */
const JOBS = 1000

/** Whole seconds from a moment until now, and 0 for one that is to come. */
const secondsSince = (now: unknown, moment: unknown) =>
  sqlType.int(sql`greatest(0, floor(extract(epoch from ${now} - ${moment}))::int)`)

/**
 * What a tenant waits for. The row without a kind has the seconds for which a task of the clock has been due. A row with a kind has the age of its oldest job that was not done within a minute of its message.
 */
export const findBacklog = useCase(
  'find_backlog',
  { tenant: jobTable.tenant, now: jobTable.createdAt },
  (p) => {
    const late = db
      .select({ kind: jobTable.kind, createdAt: jobTable.createdAt })
      .from(jobTable)
      .where(
        and(eq(jobTable.tenant, p.tenant), or(lte(jobTable.dueAt, p.now), gt(jobTable.relays, 0))),
      )
      .orderBy(asc(jobTable.dueAt))
      .limit(JOBS)
      .as('late')
    return [
      db
        .select({
          kind: sqlType.orNull(sqlType.text)(sql`null`),
          seconds: secondsSince(p.now, sql`min(${tickTable.dueAt})`),
        })
        .from(tickTable)
        .where(eq(tickTable.tenant, p.tenant))
        .having(sql`count(*) > 0`)
        .unionAll(
          db
            .select({
              kind: sqlType.orNull(sqlType.text)(sql`${late.kind}`),
              seconds: secondsSince(p.now, sql`min(${late.createdAt})`),
            })
            .from(late)
            .groupBy(late.kind),
        ),
    ]
  },
)
