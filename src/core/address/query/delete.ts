import { sql } from 'drizzle-orm'
import { db, pick } from '#db/builder'
import { jsonbOf } from '#db/document'
import { kind } from '#db/kind'
import { addressTable } from '#db/schema'
import { noAnswer, useCase } from '#db/use-case'
import { lockCustomer } from '#lock/customer'
import { appendEvent, appending, raiseVersion } from '#query/outbox'
import { defaultsOf, isAddress, ownerOf, refuseMissing, refuseStaleAddress } from './book.ts'
import { assignDefaults } from './default.ts'

/**
 * Removes an address. The address most recently added or changed takes over its defaults. Refuses `customer_not_found`,
 * `customer_merged`, `address_not_found`, `precondition_failed`.
 */
export const deleteAddress = useCase(
  'delete_address',
  { ...appending, ...pick(addressTable, 'customerId', 'id'), accepted: kind.orNull(kind.versions) },
  (p) => [
    lockCustomer(ownerOf(p)),
    refuseMissing(p),
    refuseStaleAddress(p, p.accepted),
    db.delete(addressTable).where(isAddress(p)),
    assignDefaults(p),
    appendEvent(p, raiseVersion({ ...p, id: p.customerId }, ['addresses']), (customer) => ({
      type: 'customer.updated',
      changed: 'stamped',
      data: {
        address: jsonbOf({ action: sql`'removed'`, id: sql`${p.id}` }),
        defaultAddresses: defaultsOf(customer),
      },
    })),
    noAnswer,
  ],
)
