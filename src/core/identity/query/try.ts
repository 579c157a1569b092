import { and, eq, or, sql } from 'drizzle-orm'
import { db } from '#db/builder'
import { kind } from '#db/kind'
import { customerTable, failureTable } from '#db/schema'
import { directCall, useCase, type ValuesOf } from '#db/use-case'
import { isAccount } from '#query/customer'
import { call } from '../generated/call.ts'

/** Counts a try as failed before it is made. Answers with the seconds to wait; 0: go ahead. */
export const reserveTry = directCall(
  'reserve_try_of',
  {
    tenant: failureTable.tenant,
    account: failureTable.key,
    /** Null: a service, which asks for many people from one place. */
    caller: kind.orNull(kind.text),
    /** The account, by its id or by its address; both null: there is no account. */
    customerId: kind.orNull(kind.text),
    emailKey: kind.orNull(kind.text),
    now: failureTable.lastAt,
  },
  (p) =>
    db
      .select({
        seconds: kind.int(
          sql`${call.reserveTry({
            tenant: p.tenant,
            account: p.account,
            caller: p.caller,
            customer: kind.orNull(kind.text)(sql`coalesce(${p.customerId}, ${customerTable.id})`),
            now: p.now,
          })}`,
        ),
      })
      .from(sql`(select) asked`)
      .leftJoin(
        customerTable,
        and(
          eq(customerTable.tenant, p.tenant),
          sql`${customerTable.emailKey} = ${p.emailKey}`,
          isAccount(customerTable),
        ),
      ),
)

/** A try that was reserved. */
const reservedTry = {
  tenant: failureTable.tenant,
  account: failureTable.key,
  caller: kind.orNull(kind.text),
  /** True: the password was right, and all failures of the account are deleted. False: only this try is taken off. */
  forget: kind.flag,
}
type ReservedTry = ValuesOf<typeof reservedTry>

const isCounted = (p: ReservedTry) =>
  and(
    eq(failureTable.tenant, p.tenant),
    or(eq(failureTable.key, p.account), sql`${failureTable.key} = ${p.caller}`),
  )

/** Takes a try that did not fail off the counts. The counts are locked in order, as in `reserve_try`. */
export const releaseTry = useCase('release_try', reservedTry, (p) => [
  db
    .select({ key: failureTable.key })
    .from(failureTable)
    .where(isCounted(p))
    .orderBy(failureTable.key)
    .for('update'),
  db
    .delete(failureTable)
    .where(
      and(eq(failureTable.tenant, p.tenant), eq(failureTable.key, p.account), sql`${p.forget}`),
    ),
  db
    .update(failureTable)
    .set({ count: sql`greatest(${failureTable.count} - 1, 0)`, blockedUntil: '-infinity' })
    .where(isCounted(p))
    .returning({ key: failureTable.key }),
])
