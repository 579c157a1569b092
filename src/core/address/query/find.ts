import { and, eq } from 'drizzle-orm'
import { addressTable } from '#db/schema'
import { db, pick } from '#db/statement-builders'
import { useCase } from '#db/use-case'
import { customerOrSurvivor } from '#lock/customer'
import { addressSelection } from './selection.ts'

/** An address of the customer or of its survivor. No row: there is no such customer. A null `address`: there is no such address. */
export const findAddress = useCase(
  'find_address',
  pick(addressTable, 'tenant', 'customerId', 'id'),
  (p) => {
    const owner = customerOrSurvivor({ tenant: p.tenant, id: p.customerId })
    return [
      db
        .select({
          customerId: owner.id,
          found: { id: addressTable.id, version: addressTable.version },
          address: addressSelection(addressTable, owner),
        })
        .from(owner)
        .leftJoin(
          addressTable,
          and(
            eq(addressTable.tenant, p.tenant),
            eq(addressTable.customerId, owner.id),
            eq(addressTable.id, p.id),
          ),
        ),
    ]
  },
)
