import { and, eq, exists, ne, notExists, or, type SQL, sql } from 'drizzle-orm'
import { alias, type PgColumn, type PgTable } from 'drizzle-orm/pg-core'
import { db, given } from '#db/builder'
import { customerTable } from '#db/schema'
import { isVisible } from './condition.ts'

type Which = { readonly tenant: string; readonly id: string }

export const isCustomer = (it: Which) =>
  and(eq(customerTable.tenant, it.tenant), eq(customerTable.id, it.id))

const customer = (it: Which) =>
  db.select({ id: customerTable.id }).from(customerTable).where(isCustomer(it)).$dynamic()

/**
 * Head of every change of one customer: waits for another change of it. It is a statement of its own, so that the statements after it
 * see what it waited for.
 */
export const lockCustomer = (it: Which) => customer(it).for('no key update')

/** Waits for another transaction that takes, proves or frees the same e-mail address. */
export const lockEmail = (tenant: string, emailKey: string, when: SQL = sql`true`) =>
  sql`select ${emailLock(tenant, emailKey)} where ${when}`

/** The same as an expression. Drizzle has no advisory locks: the address may have no row yet that could be locked. */
export const emailLock = (tenant: unknown, emailKey: unknown) =>
  sql`pg_advisory_xact_lock(hashtextextended(${tenant} || chr(31) || ${emailKey}, 1))`

/** Why a customer cannot be changed: `customer_not_found`, `customer_merged`. */
export const customerRefusals = (it: Which) => ({
  customer_not_found: notExists(visible(it)),
  customer_merged: exists(
    customer(it).where(and(isCustomer(it), eq(customerTable.status, 'merged'))),
  ),
})

/** The customer, unless it is gone, or the survivor that it was merged into is. */
function visible(it: Which) {
  const survivor = alias(customerTable, 'survivor')
  return customer(it)
    .leftJoin(
      survivor,
      and(eq(survivor.tenant, customerTable.tenant), eq(survivor.id, customerTable.mergedInto)),
    )
    .where(
      and(
        isCustomer(it),
        isVisible(customerTable),
        or(ne(customerTable.status, 'merged'), isVisible(survivor)),
      ),
    )
}

type Versioned = PgTable & { readonly version: PgColumn; readonly changedAt: PgColumn }

/** Refuses `precondition_failed` when a row is not in the version that the caller read, and names the fields changed since. */
export const refuseStale = (table: Versioned, read: number | null, is: SQL | undefined) =>
  sql`select refuse('precondition_failed', ${fieldsSince(table, read)})
    from ${table} where ${and(given(read), sql`${table.version} <> ${read}`, is)}`

const fieldsSince = ({ changedAt }: Versioned, version: number | null) =>
  sql`(select coalesce(string_agg(field.key, ',' order by field.key), '')
    from jsonb_each(${changedAt}) field where field.value::int > ${version})`

const asked = alias(customerTable, 'asked')

/**
 * The customer that an id stands for, as a table to select from: itself, or the survivor that it was merged into (chains are flat).
 * One that is erased or deleted is not there.
 */
export function visibleCustomer(it: Which) {
  return db
    .select()
    .from(customerTable)
    .where(
      and(
        eq(customerTable.tenant, it.tenant),
        eq(
          customerTable.id,
          sql`(${db
            .select({
              id: sql`case ${asked.status} when 'merged' then ${asked.mergedInto} else ${asked.id} end`,
            })
            .from(asked)
            .where(and(eq(asked.tenant, it.tenant), eq(asked.id, it.id)))})`,
        ),
        isVisible(customerTable),
      ),
    )
    .as('visible')
}
