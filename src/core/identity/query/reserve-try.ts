import { and, eq, lte, or, sql } from 'drizzle-orm'
import { customerTable, failureTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, isAnyOf } from '#db/statement-builders'
import { directUseCase, useCase, type ValuesOf } from '#db/use-case'
import { isAccount } from '#query/customer'
import { type FailureCounter, MAX_FAILURES_OVER_ALL_PLACES } from '../failure-counter.ts'
import { call } from '../generated/call.ts'

/** Counts a try as failed before it is made. Answers with the seconds to wait (0: go ahead), and how many more may fail without a wait. */
export const reserveTry = directUseCase(
  'reserve_try_of',
  {
    tenant: failureTable.tenant,
    counts: sqlType.json<readonly FailureCounter[]>(),
    /** Those that count instead if the device's token is good. */
    countsOfDevice: sqlType.json<readonly FailureCounter[]>(),
    /** The customer and the epoch in the token of the device; null: there is none. */
    device: sqlType.orNull(sqlType.text),
    epoch: sqlType.int,
    /** The first part of the key that says that the caller's place was opened; null: it has no place. */
    opened: sqlType.orNull(sqlType.text),
    /** The account, by its id or by its address; both null: there is no account. */
    customerId: sqlType.orNull(sqlType.text),
    emailKey: sqlType.orNull(sqlType.text),
    now: failureTable.lastAt,
  },
  (p) => {
    const isFromDevice = sqlType.flag(
      sql`coalesce(${customerTable.id} = ${p.device} and ${customerTable.deviceEpoch} = ${p.epoch}, false)`,
    )
    const { columns, from } = call.reserveTry({
      tenant: p.tenant,
      counts: sqlType.json<readonly FailureCounter[]>()(
        sql`case when ${isFromDevice} then ${p.countsOfDevice} else ${p.counts} end`,
      ),
      opened: p.opened,
      customer: sqlType.orNull(sqlType.text)(sql`coalesce(${p.customerId}, ${customerTable.id})`),
      now: p.now,
    })
    return db
      .select({ ...columns, isFromDevice })
      .from(sql`(select) asked`)
      .leftJoin(
        customerTable,
        and(
          eq(customerTable.tenant, p.tenant),
          sql`${customerTable.emailKey} = ${p.emailKey}`,
          isAccount(customerTable),
        ),
      )
      .crossJoinLateral(from)
  },
)

/** A try that was reserved. */
const reservedTry = {
  tenant: failureTable.tenant,
  keys: sqlType.texts,
  /** The keys whose failures are all deleted. */
  forgotten: sqlType.texts,
}
type ReservedTry = ValuesOf<typeof reservedTry>

const isOneOf = (p: ReservedTry, keys: readonly string[]) =>
  and(eq(failureTable.tenant, p.tenant), isAnyOf(failureTable.key, keys))

/**
 * Takes a try that did not fail off the counts. The counts are locked in order, as in `reserve_try`. If the account's far count is full even without this try, it keeps blocking other places. Such a try came from a place that the owner has opened.
 */
export const releaseTry = useCase('release_try', reservedTry, (p) => [
  db
    .select({ key: failureTable.key })
    .from(failureTable)
    .where(isOneOf(p, p.keys))
    .orderBy(failureTable.key)
    .for('update'),
  db
    .delete(failureTable)
    .where(or(isOneOf(p, p.forgotten), and(isOneOf(p, p.keys), lte(failureTable.count, 1)))),
  db
    .update(failureTable)
    .set({
      count: sql`${failureTable.count} - 1`,
      blockedUntil: sql`case when ${failureTable.alarm} = 'failed_logins_of_account' and ${failureTable.count} > ${MAX_FAILURES_OVER_ALL_PLACES}
        then ${failureTable.blockedUntil} else '-infinity' end`,
    })
    .where(isOneOf(p, p.keys))
    .returning({ key: failureTable.key }),
])
