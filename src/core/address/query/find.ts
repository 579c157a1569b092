import { and, eq } from 'drizzle-orm'
import { db, pick } from '#db/builder'
import { addressTable } from '#db/schema'
import { useCase } from '#db/use-case'
import { visibleCustomer } from '#lock/customer'
import { addressSelection } from './selection.ts'

/** An address of the customer that an id stands for. Without a row there is no such customer, without an `address` no such address. */
export const findAddress = useCase(
  'find_address',
  pick(addressTable, 'tenant', 'customerId', 'id'),
  (p) => {
    const holder = visibleCustomer({ tenant: p.tenant, id: p.customerId })
    return [
      db
        .select({
          customerId: holder.id,
          found: { id: addressTable.id, version: addressTable.version },
          address: addressSelection(addressTable, holder),
        })
        .from(holder)
        .leftJoin(
          addressTable,
          and(
            eq(addressTable.tenant, p.tenant),
            eq(addressTable.customerId, holder.id),
            eq(addressTable.id, p.id),
          ),
        ),
    ]
  },
)
