import { and, eq, gt, sql } from 'drizzle-orm'
import { addressTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, pick } from '#db/statement-builders'
import { useCase } from '#db/use-case'
import { customerOrSurvivor } from '#lock/customer'
import { addressBookOrder, addressSelection } from './selection.ts'

/**
 * The addresses of the customer or of its survivor that follow `after`, oldest first: ids are ordered by time. No row: there is no
 * such customer. A row with a null `address`: the page is empty.
 */
export const listAddresses = useCase(
  'list_addresses',
  { ...pick(addressTable, 'tenant', 'customerId'), after: addressTable.id, limit: sqlType.int },
  (p) => {
    const owner = customerOrSurvivor({ tenant: p.tenant, id: p.customerId })
    const page = db
      .select()
      .from(addressTable)
      .where(
        and(
          eq(addressTable.tenant, p.tenant),
          eq(addressTable.customerId, owner.id),
          gt(addressTable.id, p.after),
        ),
      )
      .orderBy(addressBookOrder(addressTable))
      .limit(p.limit)
      .as('page')
    return [
      db
        .select({ customerId: owner.id, address: addressSelection(page, owner) })
        .from(owner)
        .leftJoinLateral(page, sql`true`)
        .orderBy(addressBookOrder(page)),
    ]
  },
)
