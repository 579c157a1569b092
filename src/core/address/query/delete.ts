import { sql } from 'drizzle-orm'
import { jsonbOf } from '#db/document'
import { addressTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, pick } from '#db/statement-builders'
import { noAnswer, useCase } from '#db/use-case'
import { lockCustomer } from '#lock/customer'
import { appendEvent, appendEventParams, raiseVersion } from '#query/outbox'
import {
  defaultAddressIds,
  isThisAddress,
  refuseMissingAddress,
  refuseStaleAddress,
  tenantAndIdOfOwner,
} from './address-statement-parts.ts'
import { assignDefaults } from './assign-defaults.ts'

/**
 * Deletes an address. The address most recently added or changed takes over its defaults. Refuses `customer_not_found`,
 * `customer_merged`, `address_not_found`, `precondition_failed`.
 */
export const deleteAddress = useCase(
  'delete_address',
  {
    ...appendEventParams,
    ...pick(addressTable, 'customerId', 'id'),
    accepted: sqlType.orNull(sqlType.versions),
  },
  (p) => [
    lockCustomer(tenantAndIdOfOwner(p)),
    refuseMissingAddress(p),
    refuseStaleAddress(p, p.accepted),
    db.delete(addressTable).where(isThisAddress(p)),
    assignDefaults(p),
    appendEvent(p, raiseVersion({ ...p, id: p.customerId }, ['addresses']), (customer) => ({
      type: 'customer.updated',
      changed: 'stamped',
      data: {
        address: jsonbOf({ action: sql`'removed'`, id: sql`${p.id}` }),
        defaultAddresses: defaultAddressIds(customer),
      },
    })),
    noAnswer,
  ],
)
