import { and, eq, exists, isNull, ne, not, notExists, or, type SQL, sql } from 'drizzle-orm'
import { alias, type PgColumn, type PgTable } from 'drizzle-orm/pg-core'
import { customerTable } from '#db/schema'
import { sqlType, type Versions } from '#db/sql-type'
import { db, evaluateForEffect, isArgumentGiven, refuseWhen } from '#db/statement-builders'
import type { RefusalCode } from '#kernel/error'
import { call } from '../generated/call.ts'
import { isNeitherErasedNorDeleted } from './condition.ts'

type Which = { readonly tenant: string; readonly id: string }

export const isThisCustomer = (which: Which) =>
  and(eq(customerTable.tenant, which.tenant), eq(customerTable.id, which.id))

const customer = (which: Which) =>
  db.select({ id: customerTable.id }).from(customerTable).where(isThisCustomer(which)).$dynamic()

/**
 * Locks a customer, at the head of every change of it. It is a statement of its own, so that later statements see the change that it
 * waited for.
 */
export const lockCustomer = (which: Which) => customer(which).for('no key update')

/** Locks customers in the order of their ids, as merges do. @param ids an expression of type `text[]`. */
export const lockCustomersByIds = (tenant: string, ids: SQL) =>
  call.lockCustomers({ tenant, ids: sqlType.texts(ids) })

/** Waits for another transaction that takes, proves or frees the same e-mail address. */
export const lockEmail = (tenant: string, emailKey: string, when?: SQL) =>
  evaluateForEffect(emailLockExpression(tenant, emailKey), when)

/** `lockEmail` as an expression. It is an advisory lock, for the address may have no row yet; Drizzle has no builder for it. */
export const emailLockExpression = (tenant: unknown, emailKey: unknown) =>
  sql`pg_advisory_xact_lock(hashtextextended(${tenant} || chr(31) || ${emailKey}, 1))`

/** The reasons why a customer cannot be changed: `customer_not_found`, and `customer_merged` with the id of the survivor. */
export const customerRefusals = (which: Which) => ({
  customer_not_found: notExists(visible(which)),
  customer_merged: {
    when: exists(
      customer(which).where(and(isThisCustomer(which), eq(customerTable.status, 'merged'))),
    ),
    detail: sql`(${db
      .select({ survivorId: customerTable.mergedInto })
      .from(customerTable)
      .where(isThisCustomer(which))})`,
  },
})

/**
 * `lockCustomer` and then `customerRefusals` in one statement, for a write that has no other refusals beside them. A row that was
 * waited for is read as it is after the wait; all other rows are read as they were before it.
 */
export function lockCustomerOrRefuse(which: Which) {
  const held = db
    .select({
      tenant: customerTable.tenant,
      status: customerTable.status,
      mergedInto: customerTable.mergedInto,
    })
    .from(customerTable)
    .where(isThisCustomer(which))
    .for('no key update')
    .as('held')
  // Not `exists`: PostgreSQL may answer that by a table of all customers.
  const hasSurvivor = sql`coalesce((${db
    .select({ isVisible: isNeitherErasedNorDeleted(customerTable) })
    .from(customerTable)
    .where(
      and(eq(customerTable.tenant, held.tenant), eq(customerTable.id, held.mergedInto)),
    )}), false)`
  const isMerged = eq(held.status, 'merged')
  return refuseWhen(
    {
      customer_not_found: or(
        isNull(held.status),
        not(isNeitherErasedNorDeleted(held)),
        and(isMerged, not(hasSurvivor)),
      ),
      customer_merged: { when: isMerged, detail: sql`${held.mergedInto}` },
    },
    sql`from (select) one left join lateral ${held} on true`,
  )
}

/** The customer, unless it or the survivor of its merge is gone. */
function visible(which: Which) {
  const survivor = alias(customerTable, 'survivor')
  return customer(which)
    .leftJoin(
      survivor,
      and(eq(survivor.tenant, customerTable.tenant), eq(survivor.id, customerTable.mergedInto)),
    )
    .where(
      and(
        isThisCustomer(which),
        isNeitherErasedNorDeleted(customerTable),
        or(ne(customerTable.status, 'merged'), isNeitherErasedNorDeleted(survivor)),
      ),
    )
}

type Versioned = PgTable & { readonly version: PgColumn; readonly changedAt: PgColumn }

/**
 * Refuses `precondition_failed` if a row does not have one of the accepted versions, and names the fields that changed since the newest
 * of those.
 * @param others later refusals by the same row.
 */
export const refuseStale = (
  table: Versioned,
  accepted: Versions | null,
  is: SQL | undefined,
  others: Readonly<Partial<Record<RefusalCode, SQL>>> = {},
) => {
  const isRead = Object.keys(others).length > 0 ? undefined : isArgumentGiven(accepted)
  return refuseWhen(
    {
      precondition_failed: {
        when: isVersionUnaccepted(table.version, accepted),
        detail: fieldsSince(table, accepted),
      },
      ...others,
    },
    sql`from ${table} where ${and(isRead, is)}`,
  )
}

/** Whether a condition was given that a version does not meet. */
export const isVersionUnaccepted = (version: SQL | PgColumn, accepted: Versions | null) =>
  and(isArgumentGiven(accepted), sql`not ${version}::bigint <@ ${accepted}`)

/**
 * The fields that changed after the newest accepted version before the present one; its upper bound is the version after it. It is a
 * path and not a subquery, which costs before it runs, also when nothing is refused.
 */
const fieldsSince = ({ changedAt, version }: Versioned, accepted: Versions | null) =>
  sql`jsonb_path_query_array(${changedAt}, '$.keyvalue() ? (@.value >= $since).key', jsonb_build_object('since',
    coalesce(upper(${accepted} * int8multirange(int8range(null, ${version}))), 1)))::text`

const asked = alias(customerTable, 'asked')

/**
 * The customer with an id, or the survivor of its merge (chains are flat), as a table to select from. The table is empty if that
 * customer is erased or deleted.
 */
export function customerOrSurvivor(which: Which) {
  return db
    .select()
    .from(customerTable)
    .where(
      and(
        eq(customerTable.tenant, which.tenant),
        eq(
          customerTable.id,
          sql`(${db
            .select({
              id: sql`case ${asked.status} when 'merged' then ${asked.mergedInto} else ${asked.id} end`,
            })
            .from(asked)
            .where(and(eq(asked.tenant, which.tenant), eq(asked.id, which.id)))})`,
        ),
        isNeitherErasedNorDeleted(customerTable),
      ),
    )
    .as('visible')
}

/** The id of `customerOrSurvivor` as an expression; null without such a customer. */
export function idOfCustomerOrSurvivor(which: Which) {
  const visible = customerOrSurvivor(which)
  return sqlType.text(sql`(${db.select({ id: visible.id }).from(visible)})`)
}
