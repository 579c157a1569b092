import { and, eq, exists, notExists, type SQL, sql } from 'drizzle-orm'
import { jsonbOf } from '#db/document'
import { addressTable, customerTable } from '#db/schema'
import { sqlType, type Versions } from '#db/sql-type'
import { db, refuseWhen } from '#db/statement-builders'
import { customerRefusals, isThisCustomer, refuseStale } from '#lock/customer'
import { fieldsChangedInPresentVersion } from '#query/outbox'
import { addressSelection } from './selection.ts'

/** An address of a customer. The customer's lock is the lock of the whole address book. */
type Which = { readonly tenant: string; readonly customerId: string; readonly id: string }

export const tenantAndIdOfOwner = ({ tenant, customerId }: Omit<Which, 'id'>) => ({
  tenant,
  id: customerId,
})

export const isThisAddress = (which: Which) =>
  and(
    eq(addressTable.tenant, which.tenant),
    eq(addressTable.customerId, which.customerId),
    eq(addressTable.id, which.id),
  )

const address = (which: Which) =>
  db.select({ id: addressTable.id }).from(addressTable).where(isThisAddress(which))

/** Refuses `customer_not_found`, `customer_merged`, `address_not_found`. */
export const refuseMissingAddress = (which: Which) =>
  refuseWhen({
    ...customerRefusals(tenantAndIdOfOwner(which)),
    address_not_found: notExists(address(which)),
  })

/** Refuses `precondition_failed` when the address is not in the version that the caller read. */
export const refuseStaleAddress = (which: Which, accepted: Versions | null) =>
  refuseStale(addressTable, accepted, isThisAddress(which))

/** Whether this transaction has written the address. */
export const isWrittenInTransaction = (which: Which): SQL =>
  exists(
    db
      .select({ id: addressTable.id })
      .from(addressTable)
      .where(and(isThisAddress(which), sql`${addressTable}.xmin = pg_current_xact_id()::xid`)),
  )

/** Whether an earlier statement has stamped the customer's addresses with the next version. */
export const areAddressesInNextVersion = sql`((${customerTable.changedAt} ->> 'addresses')::int > ${customerTable.version})`

/** The event data about an address: the action, and the address and the ids of the default addresses after the action. */
export const addressEventData = (
  action: SQL | 'added' | 'changed',
  owner: Parameters<typeof addressSelection>[1],
): { readonly address: SQL; readonly defaultAddresses: SQL } => {
  const isChanged = sql`${action} = 'changed'`
  return {
    address: sql`${jsonbOf({ action: sql`${action}`, ...addressSelection(addressTable, owner) })}
      || case when ${isChanged} then jsonb_build_object('changed', ${fieldsChangedInPresentVersion(addressTable)}) else '{}' end`,
    defaultAddresses: defaultAddressIds(owner),
  }
}

export const defaultAddressIds = (owner: Parameters<typeof addressSelection>[1]) =>
  jsonbOf({
    shipping: sqlType.text(sql`${owner.defaultShippingId}`),
    billing: sqlType.text(sql`${owner.defaultBillingId}`),
  })

/** The address with its version, after all changes of the transaction. */
export const addressAnswer = (which: Which) =>
  db
    .select({
      version: addressTable.version,
      address: addressSelection(addressTable, customerTable),
    })
    .from(addressTable)
    .innerJoin(customerTable, isThisCustomer(tenantAndIdOfOwner(which)))
    .where(isThisAddress(which))
