import { and, eq, gt, sql } from 'drizzle-orm'
import { db, pick } from '#db/builder'
import { kind } from '#db/kind'
import { addressTable } from '#db/schema'
import { useCase } from '#db/use-case'
import { visibleCustomer } from '#lock/customer'
import { addressSelection, bookOrder } from './selection.ts'

/**
 * The addresses of the customer that an id stands for, after one of them, oldest first: ids are ordered by time. Without a row there
 * is no such customer; without an `address` there are none.
 */
export const listAddresses = useCase(
  'list_addresses',
  { ...pick(addressTable, 'tenant', 'customerId'), after: addressTable.id, limit: kind.int },
  (p) => {
    const holder = visibleCustomer({ tenant: p.tenant, id: p.customerId })
    const page = db
      .select()
      .from(addressTable)
      .where(
        and(
          eq(addressTable.tenant, p.tenant),
          eq(addressTable.customerId, holder.id),
          gt(addressTable.id, p.after),
        ),
      )
      .orderBy(bookOrder(addressTable))
      .limit(p.limit)
      .as('page')
    return [
      db
        .select({ customerId: holder.id, address: addressSelection(page, holder) })
        .from(holder)
        .leftJoinLateral(page, sql`true`)
        .orderBy(bookOrder(page)),
    ]
  },
)
