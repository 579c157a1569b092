import { and, count, eq, exists, isNull, notExists, or, sql } from 'drizzle-orm'
import { inputColumns } from '#db/input-fields'
import { addressTable, customerTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, isArgumentGiven, pick, refuseWhen } from '#db/statement-builders'
import { useCase, type ValuesOf } from '#db/use-case'
import { isThisCustomer, lockCustomerOrRefuse, refuseStale } from '#lock/customer'
import { appendEvent, appendEventParams, raiseVersion } from '#query/outbox'
import { addressFields } from '../field-list.ts'
import {
  addressEventData,
  areAddressesInNextVersion,
  tenantAndIdOfOwner,
} from './address-statement-parts.ts'
import { assignDefaults } from './assign-defaults.ts'
import { addressSelection } from './selection.ts'

const params = {
  ...appendEventParams,
  ...inputColumns(addressFields, addressTable),
  ...pick(addressTable, 'id', 'customerId', 'sameness', 'keys'),
  limit: sqlType.int,
  shipping: sqlType.orNull(sqlType.text),
  billing: sqlType.orNull(sqlType.text),
  /** Of the customer. */
  accepted: sqlType.orNull(sqlType.versions),
}
type Params = ValuesOf<typeof params>

/**
 * Adds an address to a customer's book. It becomes a default if it is the first or asks to be one. The same address is not stored
 * twice and needs no room; adding it again vouches for it. Refuses `customer_not_found`, `customer_merged`, `precondition_failed`,
 * `address_limit_reached`.
 */
export const addAddress = useCase('add_address', params, (p) => [
  lockCustomerOrRefuse(tenantAndIdOfOwner(p)),
  refuseStale(customerTable, p.accepted, isThisCustomer(tenantAndIdOfOwner(p))),
  refuseWhen({
    address_limit_reached: and(
      sql`(${countOf(p)}) >= ${p.limit}`,
      notExists(address().where(isHeld(p))),
    ),
  }),
  db
    .insert(addressTable)
    .values({ ...p, createdAt: p.now, updatedAt: p.now })
    .onConflictDoUpdate({
      target: [addressTable.tenant, addressTable.customerId, addressTable.sameness],
      set: { unproven: false, version: sql`${addressTable.version} + 1` },
      setWhere: eq(addressTable.unproven, true),
    }),
  // A new address that asks for no default leaves the present defaults alone.
  assignDefaults(
    p,
    p,
    or(
      isArgumentGiven(p.shipping),
      isArgumentGiven(p.billing),
      notExists(added(p)),
      lacksDefault(p),
    ),
  ),
  appendEvent(
    p,
    raiseVersion(
      { ...p, id: p.customerId },
      ['addresses'],
      or(exists(added(p)), areAddressesInNextVersion),
    ),
    (customer) => ({
      type: 'customer.updated',
      changed: 'stamped',
      data: addressEventData(
        sql`case when ${isAdded(p)} then 'added' else 'changed' end`,
        customer,
      ),
      from: sql`join ${addressTable} on ${isHeld(p)}`,
    }),
  ),
  db
    .select({
      created: isAdded(p),
      version: addressTable.version,
      address: addressSelection(addressTable, customerTable),
    })
    .from(addressTable)
    .innerJoin(customerTable, isThisCustomer(tenantAndIdOfOwner(p)))
    .where(isHeld(p)),
])

const isHeld = (p: Params) =>
  and(
    eq(addressTable.tenant, p.tenant),
    eq(addressTable.customerId, p.customerId),
    eq(addressTable.sameness, p.sameness),
  )
const isAdded = (p: Params) => sqlType.flag(eq(addressTable.id, p.id))

const address = () => db.select({ id: addressTable.id }).from(addressTable)
const added = (p: Params) =>
  address().where(and(eq(addressTable.tenant, p.tenant), eq(addressTable.id, p.id)))

const countOf = (p: Params) =>
  db
    .select({ count: count() })
    .from(addressTable)
    .where(and(eq(addressTable.tenant, p.tenant), eq(addressTable.customerId, p.customerId)))

const lacksDefault = (p: Params) =>
  exists(
    db
      .select({ id: customerTable.id })
      .from(customerTable)
      .where(
        and(
          isThisCustomer(tenantAndIdOfOwner(p)),
          or(isNull(customerTable.defaultShippingId), isNull(customerTable.defaultBillingId)),
        ),
      ),
  )
