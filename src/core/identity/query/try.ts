import { and, eq, lte, or, sql } from 'drizzle-orm'
import { db, isAny } from '#db/builder'
import { kind } from '#db/kind'
import { customerTable, failureTable } from '#db/schema'
import { directCall, useCase, type ValuesOf } from '#db/use-case'
import { isAccount } from '#query/customer'
import { type Count, FAR_OF_ACCOUNT } from '../count.ts'
import { call } from '../generated/call.ts'

/** Counts a try as failed before it is made. Answers with the seconds to wait (0: go ahead), and how many more may fail without a wait. */
export const reserveTry = directCall(
  'reserve_try_of',
  {
    tenant: failureTable.tenant,
    counts: kind.json<readonly Count[]>(),
    /** Those that count instead if the device's token is good. */
    countsOfDevice: kind.json<readonly Count[]>(),
    /** The customer and the epoch in the token of the device; null: there is none. */
    device: kind.orNull(kind.text),
    epoch: kind.int,
    /** The first part of the key that says that the caller's place was opened; null: it has no place. */
    opened: kind.orNull(kind.text),
    /** The account, by its id or by its address; both null: there is no account. */
    customerId: kind.orNull(kind.text),
    emailKey: kind.orNull(kind.text),
    now: failureTable.lastAt,
  },
  (p) => {
    const isFromDevice = kind.flag(
      sql`coalesce(${customerTable.id} = ${p.device} and ${customerTable.deviceEpoch} = ${p.epoch}, false)`,
    )
    const { columns, from } = call.reserveTry({
      tenant: p.tenant,
      counts: kind.json<readonly Count[]>()(
        sql`case when ${isFromDevice} then ${p.countsOfDevice} else ${p.counts} end`,
      ),
      opened: p.opened,
      customer: kind.orNull(kind.text)(sql`coalesce(${p.customerId}, ${customerTable.id})`),
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
  keys: kind.texts,
  /** Those of the keys whose failures are all deleted. */
  forgotten: kind.texts,
}
type ReservedTry = ValuesOf<typeof reservedTry>

const isOneOf = (p: ReservedTry, keys: readonly string[]) =>
  and(eq(failureTable.tenant, p.tenant), isAny(failureTable.key, keys))

/**
 * Takes a try that did not fail off the counts. The counts are locked in order, as in `reserve_try`. The far count of an account that is
 * full without this try goes on holding others back: the try came from a place that its owner has opened.
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
      blockedUntil: sql`case when ${failureTable.alarm} = 'failed_logins_of_account' and ${failureTable.count} > ${FAR_OF_ACCOUNT}
        then ${failureTable.blockedUntil} else '-infinity' end`,
    })
    .where(isOneOf(p, p.keys))
    .returning({ key: failureTable.key }),
])
