import { and, eq, exists, notExists, type SQL, sql } from 'drizzle-orm'
import { db, refuseWhen } from '#db/builder'
import { jsonbOf } from '#db/document'
import { kind } from '#db/kind'
import { addressTable, customerTable } from '#db/schema'
import { customerRefusals, isCustomer, refuseStale } from '#lock/customer'
import { addressSelection } from './selection.ts'

/** An address of a customer. The customer's lock is the lock of the whole address book. */
type Which = { readonly tenant: string; readonly customerId: string; readonly id: string }

export const holderOf = ({ tenant, customerId }: Omit<Which, 'id'>) => ({ tenant, id: customerId })

export const isAddress = (it: Which) =>
  and(
    eq(addressTable.tenant, it.tenant),
    eq(addressTable.customerId, it.customerId),
    eq(addressTable.id, it.id),
  )

const address = (it: Which) =>
  db.select({ id: addressTable.id }).from(addressTable).where(isAddress(it))

/** Refuses `customer_not_found`, `customer_merged`, `address_not_found`. */
export const refuseMissing = (it: Which) =>
  refuseWhen({ ...customerRefusals(holderOf(it)), address_not_found: notExists(address(it)) })

/** Refuses `precondition_failed` when the address is not in the version that the caller read. */
export const refuseStaleAddress = (it: Which, read: number | null) =>
  refuseStale(addressTable, read, isAddress(it))

/** Whether this very transaction has written the address. */
export const isWritten = (it: Which): SQL =>
  exists(
    db
      .select({ id: addressTable.id })
      .from(addressTable)
      .where(and(isAddress(it), sql`${addressTable}.xmin = pg_current_xact_id()::xid`)),
  )

/** Whether a statement before has stamped the customer's addresses with the version to come. */
export const isBookStamped = sql`((${customerTable.changedAt} ->> 'addresses')::int > ${customerTable.version})`

/** What an event says of an address: what happened to it, the address as it is now, and which addresses are the defaults now. */
export const addressNews = (
  action: SQL | 'added' | 'changed',
  holder: Parameters<typeof addressSelection>[1],
): Readonly<Record<string, SQL>> => {
  const isChanged = sql`${action} = 'changed'`
  return {
    address: sql`${jsonbOf({ action: sql`${action}`, ...addressSelection(addressTable, holder) })}
      || case when ${isChanged} then jsonb_build_object('changed', ${changedFields}) else '{}' end`,
    defaultAddresses: defaultsOf(holder),
  }
}

export const defaultsOf = (holder: Parameters<typeof addressSelection>[1]) =>
  jsonbOf({
    shipping: kind.text(sql`${holder.defaultShippingId}`),
    billing: kind.text(sql`${holder.defaultBillingId}`),
  })

const changedFields = sql`(select jsonb_agg(field.key order by field.key)
  from jsonb_each(${addressTable.changedAt}) field where field.value::int = ${addressTable.version})`

/** The address with its version, as it is in the end. */
export const addressAnswer = (it: Which) =>
  db
    .select({
      version: addressTable.version,
      address: addressSelection(addressTable, customerTable),
    })
    .from(addressTable)
    .innerJoin(customerTable, isCustomer(holderOf(it)))
    .where(isAddress(it))
