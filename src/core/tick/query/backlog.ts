import { and, asc, eq, gt, lte, or, sql } from 'drizzle-orm'
import { db } from '#db/builder'
import { kind } from '#db/kind'
import { jobTable, tickTable } from '#db/schema'
import { useCase } from '#db/use-case'

/** So many of the jobs that are first due are looked at. */
const JOBS = 1000

/** Whole seconds from a moment until now, and 0 for one that is to come. */
const secondsSince = (now: unknown, moment: unknown) =>
  kind.int(sql`greatest(0, floor(extract(epoch from ${now} - ${moment}))::int)`)

/**
 * What a tenant waits for. A row without a kind tells for how long a task of the clock has been due; a row with one, how old the oldest job of
 * that kind is, of those that a message alone has not done within a minute.
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
          kind: kind.orNull(kind.text)(sql`null`),
          seconds: secondsSince(p.now, sql`min(${tickTable.dueAt})`),
        })
        .from(tickTable)
        .where(eq(tickTable.tenant, p.tenant))
        .having(sql`count(*) > 0`)
        .unionAll(
          db
            .select({
              kind: kind.orNull(kind.text)(sql`${late.kind}`),
              seconds: secondsSince(p.now, sql`min(${late.createdAt})`),
            })
            .from(late)
            .groupBy(late.kind),
        ),
    ]
  },
)
