import { and, asc, eq, gt, isNotNull, isNull, lte, or, sql } from 'drizzle-orm'
import { momentText } from '#db/document'
import { customerTable, failureTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db } from '#db/statement-builders'
import { useCase, type ValuesOf } from '#db/use-case'
import { appendEvent, appendEventParams, nextSequenceAndVersion } from '#query/outbox'

type Appending = ValuesOf<typeof appendEventParams>

const untold = (p: Appending) =>
  and(eq(failureTable.tenant, p.tenant), eq(failureTable.isUntold, true))

const ofAccount = eq(failureTable.alarm, 'failed_logins_of_account')

/** The accounts of which an event is to say that they are locked: those that still are. */
const isLocked = (p: Appending) =>
  and(
    untold(p),
    ofAccount,
    isNotNull(failureTable.customerId),
    gt(failureTable.blockedUntil, p.now),
  )

const nextLocked = (p: Appending) =>
  db
    .select({
      key: failureTable.key,
      id: failureTable.customerId,
      until: failureTable.blockedUntil,
    })
    .from(failureTable)
    .where(isLocked(p))
    .orderBy(asc(failureTable.key))
    .limit(1)
    .as('locked')

/** Appends `customer.locked` for one account. Answers with whether there may be another. */
export const appendLockedEvent = useCase('append_locked_event', appendEventParams, (p) => {
  const locked = nextLocked(p)
  const id = sql<string>`(${db.select({ id: locked.id }).from(locked)})`
  const until = sql<string>`(${db.select({ until: locked.until }).from(locked)})`
  return [
    // Another run of cron waits here, and finds them told.
    db
      .select({ key: failureTable.key })
      .from(failureTable)
      .where(untold(p))
      .orderBy(asc(failureTable.key))
      .for('update'),
    db
      .update(failureTable)
      .set({ isUntold: false })
      .where(
        and(
          untold(p),
          ofAccount,
          or(isNull(failureTable.customerId), lte(failureTable.blockedUntil, p.now)),
        ),
      ),
    appendEvent(
      p,
      db
        .update(customerTable)
        .set({ sequence: nextSequenceAndVersion.sequence })
        .where(and(eq(customerTable.tenant, p.tenant), eq(customerTable.id, id)))
        .returning(),
      () => ({
        type: 'customer.locked',
        data: { until: momentText(until) },
      }),
    ),
    db
      .update(failureTable)
      .set({ isUntold: false })
      .where(
        and(
          eq(failureTable.tenant, p.tenant),
          sql`${failureTable.key} = (${db.select({ key: locked.key }).from(locked)})`,
        ),
      ),
    db
      .select({
        more: sqlType.flag(
          sql`exists (${db.select({ key: failureTable.key }).from(failureTable).where(isLocked(p))})`,
        ),
      })
      .from(sql`(select) asked`),
  ]
})
