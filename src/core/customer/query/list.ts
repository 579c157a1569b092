import { and, eq, sql } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/pg-core'
import { addressTable, customerTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db } from '#db/statement-builders'
import { useCase } from '#db/use-case'
import { addressBookOrder, addressSelection } from '#selection/address'
import { call } from '../generated/call.ts'
import type { Position } from '../list/list-query.ts'
import { listedCustomerSelection } from './selection.ts'
import {
  customerById,
  idsAfter,
  idsWithoutSortValue,
  type ListDirection,
  type ListSortKey,
  sortKeyAsText,
} from './sorted-ids.ts'

/** The key and the id after which a page begins. */
const position = {
  tenant: customerTable.tenant,
  currency: sqlType.text,
  limit: sqlType.int,
  key: sqlType.text,
  id: customerTable.id,
}

/** No page may sort: a plan that serves all tenants cannot estimate how much one of them would have to sort. */
const settings = { enable_sort: 'off' }

/** One row for each address of a customer, or one without: `addresses` is empty until the rows are put together. */
function withAddresses(
  customer: ReturnType<typeof customerById>,
  sort: ListSortKey,
  currency: string,
) {
  const address = db
    .select()
    .from(addressTable)
    .where(and(eq(addressTable.tenant, customer.tenant), eq(addressTable.customerId, customer.id)))
    .orderBy(addressBookOrder(addressTable))
    .as('address')
  return {
    fields: {
      key: sortKeyAsText(sort, customer),
      customer: listedCustomerSelection(customer, currency),
      address: addressSelection(address, customer),
    },
    address,
  }
}

const pageBy = (name: string, sort: ListSortKey, way: ListDirection) =>
  useCase(
    `list_customers_by_${name}_${way}`,
    position,
    (p) => {
      const next = idsAfter(p, sort, way).as('next')
      const customer = customerById(p.tenant, next.id)
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
 * The page by a column that may have no value, in two parts: customers without a value stand in the order of their ids.
 * @param first the part that the list begins with.
 */
const pageInTwoParts = (
  name: string,
  { sort, way, first }: { sort: ListSortKey; way: ListDirection; first: 'some' | 'none' },
) =>
  useCase(
    `list_customers_by_${name}_${way}`,
    { ...position, noneAfter: customerTable.id },
    (p) => {
      const idsOf = (part: 'some' | 'none', limit: number) =>
        part === 'some'
          ? idsAfter({ ...p, limit }, sort, way)
          : idsWithoutSortValue({ ...p, limit }, sort, way)
      const begun = db.$with('begun').as(idsOf(first, p.limit))
      const room = sql`${p.limit} - (select count(*) from ${begun})`
      // The builder takes a number here; PostgreSQL takes any expression.
      const rest = idsOf(first === 'some' ? 'none' : 'some', room as unknown as number)
      const next = unionAll(db.select({ id: begun.id }).from(begun), rest).as('next')
      const customer = customerById(p.tenant, next.id)
      const { fields, address } = withAddresses(customer, sort, p.currency)
      return [
        db
          .with(begun)
          .select(fields)
          .from(next)
          .innerJoinLateral(customer, sql`true`)
          .leftJoinLateral(address, sql`true`),
      ]
    },
    settings,
  )

const byName = (name: string, sort: ListSortKey) =>
  pageInTwoParts(name, { sort, way: 'asc', first: 'some' })
const bySpent = (way: ListDirection, first: 'some' | 'none') =>
  pageInTwoParts('total_spent', { sort: 'totalSpent', way, first })
const byLastOrder = (way: ListDirection) =>
  pageInTwoParts('last_order', { sort: 'lastOrderKey', way, first: 'some' })

export const listByIdAsc = pageBy('id', 'id', 'asc')
export const listByIdDesc = pageBy('id', 'id', 'desc')
export const listByUpdatedAtAsc = pageBy('updated_at', 'updatedAt', 'asc')
export const listByUpdatedAtDesc = pageBy('updated_at', 'updatedAt', 'desc')
export const listByTotalSpentAsc = bySpent('asc', 'none')
export const listByTotalSpentDesc = bySpent('desc', 'some')
export const listByOrderCountAsc = pageBy('order_count', 'orderCount', 'asc')
export const listByOrderCountDesc = pageBy('order_count', 'orderCount', 'desc')
export const listByEmailAsc = pageBy('email', 'emailKey', 'asc')
export const listByEmailDesc = pageBy('email', 'emailKey', 'desc')
export const listByFirstNameAsc = byName('first_name', 'firstNameKey')
export const listByFirstNameDesc = pageBy('first_name', 'firstNameKey', 'desc')
export const listByLastNameAsc = byName('last_name', 'lastNameKey')
export const listByLastNameDesc = pageBy('last_name', 'lastNameKey', 'desc')
export const listByLastOrderAsc = byLastOrder('asc')
export const listByLastOrderDesc = byLastOrder('desc')

/**
 * A page that the steps of a search find, see `find_page`. Without a customer there is one row. The first row has the position of the next
 * page.
 */
export const listFoundCustomers = useCase(
  'list_found_customers',
  {
    tenant: customerTable.tenant,
    currency: sqlType.text,
    steps: sqlType.texts,
    otherwise: sqlType.orNull(sqlType.text),
    values: sqlType.texts,
    kept: sqlType.orNull(sqlType.int),
  },
  (p) => {
    const page = call.findPage(p)
    const { ids, lastPosition } = page.columns
    const customer = db
      .select()
      .from(customerTable)
      .where(and(eq(customerTable.tenant, p.tenant), sql`${customerTable.id} = any(${ids})`))
      .as('customer')
    const { fields, address } = withAddresses(customer, 'id', p.currency)
    const place = sql`array_position(${ids}, ${customer.id}::text)`
    const position = sqlType.orNull(sqlType.json<Position>())(
      sql`case when coalesce(${place}, 1) = 1 then ${lastPosition} end`,
    )
    return [
      db
        .select({ position, customer: fields.customer, address: fields.address })
        .from(page.from)
        .leftJoinLateral(customer, sql`true`)
        .leftJoinLateral(address, sql`true`)
        .orderBy(place, addressBookOrder(address)),
    ]
  },
)
