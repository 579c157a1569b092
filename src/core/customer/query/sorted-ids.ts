import { and, asc, desc, eq, type SQL, sql } from 'drizzle-orm'
import { customerTable, listEntryTable } from '#db/schema'
import { pgTypeOf, sqlType } from '#db/sql-type'
import { type ColumnsOf, db } from '#db/statement-builders'

export type ListDirection = 'asc' | 'desc'
/** The columns that a list is sorted by: columns of an entry, and columns of the customer alone. */
type EntryKey = 'id' | 'updatedAt' | 'totalSpent' | 'orderCount' | 'lastOrderKey'
const ownKeys = ['emailKey', 'firstNameKey', 'lastNameKey'] as const
type OwnKey = (typeof ownKeys)[number]
export type ListSortKey = EntryKey | OwnKey
type Position = {
  readonly tenant: string
  readonly limit: number
  readonly key: string
  readonly id: string
}

const isOwn = (sort: ListSortKey): sort is OwnKey => ownKeys.some((own) => own === sort)

/** The table whose index has an order, and the column. */
const sortedBy = (sort: ListSortKey) =>
  isOwn(sort)
    ? { table: customerTable, column: customerTable[sort] }
    : { table: listEntryTable, column: listEntryTable[sort] }

const isBeyond = (sort: ListSortKey, way: ListDirection, { key, id }: Position) => {
  const { table, column } = sortedBy(sort)
  const beyond = sql.raw(way === 'asc' ? '>' : '<')
  if (sort === 'id') return sql`${column} ${beyond} ${id}`
  return sql`(${column}, ${table.id}) ${beyond} (${key}::${sql.raw(pgTypeOf(column))}, ${id})`
}

const isListed = ({ table }: ReturnType<typeof sortedBy>, tenant: string) =>
  and(eq(table.tenant, tenant), sql`${table.listed}`)

/** Whether an index leaves out customers without an order: the index by the number of orders has them, in the order of their ids. */
const isApart = (sort: ListSortKey) => sort === 'totalSpent' || sort === 'lastOrderKey'

type Ids = {
  readonly tenant: string
  readonly where: SQL | undefined
  readonly order: readonly SQL[]
  readonly limit: number
}

/** The ids of listed customers in the order of an index. */
function idsBy(sort: ListSortKey, { tenant, where, order, limit }: Ids) {
  const by = sortedBy(sort)
  return db
    .select({ id: sql<string>`${by.table.id}`.as('next_id') })
    .from(by.table)
    .where(and(isListed(by, tenant), where))
    .orderBy(...order)
    .limit(limit)
}

const orderOf = (way: ListDirection) => (way === 'asc' ? asc : desc)

/** The ids after a position, among the customers with a value, or among all if the list has one part. */
export function idsAfter(p: Position, sort: ListSortKey, way: ListDirection) {
  const { table, column } = sortedBy(sort)
  const isHere = isApart(sort) ? sql`${listEntryTable.orderCount} > 0` : undefined
  return idsBy(sort, {
    ...p,
    where: and(isHere, isBeyond(sort, way, p)),
    order: [...new Set([column, table.id])].map(orderOf(way)),
  })
}

type InNone = Pick<Position, 'tenant' | 'limit'> & { readonly noneAfter: string }

/** Those without a value after an id. */
export function idsWithoutSortValue(
  { noneAfter, ...p }: InNone,
  sort: ListSortKey,
  way: ListDirection,
) {
  const { table, column } = sortedBy(sort)
  const none = isApart(sort) ? eq(listEntryTable.orderCount, 0) : sql`${column} = ''`
  const beyond = sql`${table.id} ${sql.raw(way === 'asc' ? '>' : '<')} ${noneAfter}`
  return idsBy(sort, { ...p, where: and(none, beyond), order: [orderOf(way)(table.id)] })
}

/** The key in an answer. */
export const sortKeyAsText = (sort: ListSortKey, customer: ColumnsOf<typeof customerTable>) =>
  sqlType.orNull(sqlType.text)(
    isApart(sort)
      ? sql`case when ${customer.orderCount} > 0 then ${customer[sort]}::text end`
      : sql`${customer[sort]}::text`,
  )

/** The customer with an id that was found: one look-up for each, so that they keep the order of the ids. */
export const customerById = (tenant: string, id: SQL | SQL.Aliased) =>
  db
    .select()
    .from(customerTable)
    .where(and(eq(customerTable.tenant, tenant), sql`${customerTable.id} = ${id}`))
    .limit(1)
    .as('customer')
