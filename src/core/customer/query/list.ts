import { and, eq, sql } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/pg-core'
import { db } from '#db/builder'
import { kind } from '#db/kind'
import { addressTable, customerTable } from '#db/schema'
import { useCase } from '#db/use-case'
import { addressSelection, bookOrder } from '#selection/address'
import { found, idsAfter, idsBy, type Key, sortedBy, type Way } from './in-order.ts'
import { listedSelection } from './selection.ts'

/** The key and the id after which a page begins. */
const position = {
  tenant: customerTable.tenant,
  currency: kind.text,
  limit: kind.int,
  key: kind.text,
  id: customerTable.id,
}

/** No page may sort: a plan that serves all tenants cannot estimate how much one of them would have to sort. */
const settings = { enable_sort: 'off' }

/** One row for each address of a customer, or one without: `addresses` is empty until the rows are put together. */
function withAddresses(customer: ReturnType<typeof found>, sort: Key, currency: string) {
  const address = db
    .select()
    .from(addressTable)
    .where(and(eq(addressTable.tenant, customer.tenant), eq(addressTable.customerId, customer.id)))
    .orderBy(bookOrder(addressTable))
    .as('address')
  return {
    fields: {
      key: kind.text(sql`${customer[sort]}::text`),
      customer: listedSelection(customer, currency),
      address: addressSelection(address, customer),
    },
    address,
  }
}

const pageBy = (name: string, sort: Key, way: Way) =>
  useCase(
    `list_customers_by_${name}_${way}`,
    position,
    (p) => {
      const next = idsAfter(p, sort, way).as('next')
      const customer = found(p.tenant, next.id)
      const { fields, address } = withAddresses(customer, sort, p.currency)
      return [
        db
          .select(fields)
          .from(next)
          .innerJoinLateral(customer, sql`true`)
          .leftJoinLateral(address, sql`true`),
      ]
    },
    settings,
  )

/**
 * The ascending page by a column that may have no value. Customers without a value come last, as a second part, by their ids. The
 * index has them first, for their key is the least of all.
 */
const pageInTwoParts = (name: string, sort: Key, empty: string) =>
  useCase(
    `list_customers_by_${name}_asc`,
    { ...position, restAfter: customerTable.id },
    (p) => {
      const { table, column } = sortedBy(sort)
      const some = db.$with('some').as(idsAfter(p, sort, 'asc'))
      const room = sql`${p.limit} - (select count(*) from ${some})`
      const rest = idsBy(sort, p.tenant, {
        where: and(sql`${column} = ${sql.raw(`'${empty}'`)}`, sql`${table.id} > ${p.restAfter}`),
        way: 'asc',
        // The builder takes a number here; PostgreSQL takes any expression.
        limit: room as unknown as number,
      })
      const next = unionAll(db.select({ id: some.id }).from(some), rest).as('next')
      const customer = found(p.tenant, next.id)
      const { fields, address } = withAddresses(customer, sort, p.currency)
      return [
        db
          .with(some)
          .select(fields)
          .from(next)
          .innerJoinLateral(customer, sql`true`)
          .leftJoinLateral(address, sql`true`),
      ]
    },
    settings,
  )

export const listByIdAsc = pageBy('id', 'id', 'asc')
export const listByIdDesc = pageBy('id', 'id', 'desc')
export const listByUpdatedAtAsc = pageBy('updated_at', 'updatedAt', 'asc')
export const listByUpdatedAtDesc = pageBy('updated_at', 'updatedAt', 'desc')
export const listByTotalSpentAsc = pageBy('total_spent', 'totalSpent', 'asc')
export const listByTotalSpentDesc = pageBy('total_spent', 'totalSpent', 'desc')
export const listByOrderCountAsc = pageBy('order_count', 'orderCount', 'asc')
export const listByOrderCountDesc = pageBy('order_count', 'orderCount', 'desc')
export const listByEmailAsc = pageBy('email', 'emailKey', 'asc')
export const listByEmailDesc = pageBy('email', 'emailKey', 'desc')
export const listByFirstNameAsc = pageInTwoParts('first_name', 'firstNameKey', '')
export const listByFirstNameDesc = pageBy('first_name', 'firstNameKey', 'desc')
export const listByLastNameAsc = pageInTwoParts('last_name', 'lastNameKey', '')
export const listByLastNameDesc = pageBy('last_name', 'lastNameKey', 'desc')
export const listByLastOrderAsc = pageInTwoParts('last_order', 'lastOrderKey', '-infinity')
export const listByLastOrderDesc = pageBy('last_order', 'lastOrderKey', 'desc')

/** Customers by their ids, in the order of the ids. */
export const listByIds = useCase(
  'list_customers_by_ids',
  { tenant: customerTable.tenant, currency: kind.text, ids: kind.texts },
  (p) => {
    const customer = db
      .select()
      .from(customerTable)
      .where(and(eq(customerTable.tenant, p.tenant), sql`${customerTable.id} = any(${p.ids})`))
      .as('customer')
    const { fields, address } = withAddresses(customer, 'id', p.currency)
    return [
      db
        .select(fields)
        .from(customer)
        .leftJoinLateral(address, sql`true`)
        .orderBy(sql`array_position(${p.ids}, ${customer.id}::text)`, bookOrder(address)),
    ]
  },
)
