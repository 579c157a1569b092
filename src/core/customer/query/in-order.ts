import { and, asc, desc, eq, type SQL, sql } from 'drizzle-orm'
import { db } from '#db/builder'
import { pgTypeOf } from '#db/kind'
import { customerTable, listEntryTable } from '#db/schema'

export type Way = 'asc' | 'desc'
/** The columns that a list is sorted by: those of an entry, and those of the customer alone. */
type EntryKey = 'id' | 'updatedAt' | 'totalSpent' | 'orderCount' | 'lastOrderKey'
const ownKeys = ['emailKey', 'firstNameKey', 'lastNameKey'] as const
type OwnKey = (typeof ownKeys)[number]
export type Key = EntryKey | OwnKey
type Position = {
  readonly tenant: string
  readonly limit: number
  readonly key: string
  readonly id: string
}

const isOwn = (sort: Key): sort is OwnKey => ownKeys.some((own) => own === sort)

/** The table whose index has an order, and the column. */
export const sortedBy = (sort: Key) =>
  isOwn(sort)
    ? { table: customerTable, column: customerTable[sort] }
    : { table: listEntryTable, column: listEntryTable[sort] }

const isBeyond = (sort: Key, way: Way, { key, id }: Position) => {
  const { table, column } = sortedBy(sort)
  const beyond = sql.raw(way === 'asc' ? '>' : '<')
  if (sort === 'id') return sql`${column} ${beyond} ${id}`
  return sql`(${column}, ${table.id}) ${beyond} (${key}::${sql.raw(pgTypeOf(column))}, ${id})`
}

const isListed = ({ table }: ReturnType<typeof sortedBy>, tenant: string) =>
  and(eq(table.tenant, tenant), sql`${table.listed}`)

type Part = { readonly where: SQL | undefined; readonly way: Way; readonly limit: number }

/** The ids of listed customers in the order of an index. */
export function idsBy(sort: Key, tenant: string, { where, way, limit }: Part) {
  const by = sortedBy(sort)
  return db
    .select({ id: sql<string>`${by.table.id}`.as('next_id') })
    .from(by.table)
    .where(and(isListed(by, tenant), where))
    .orderBy(...[...new Set([by.column, by.table.id])].map(way === 'asc' ? asc : desc))
    .limit(limit)
}

/** Those after a position. */
export const idsAfter = (p: Position, sort: Key, way: Way) =>
  idsBy(sort, p.tenant, { where: isBeyond(sort, way, p), way, limit: p.limit })

/** The customer with an id that was found: one look-up for each, so that they keep the order of the ids. */
export const found = (tenant: string, id: SQL | SQL.Aliased) =>
  db
    .select()
    .from(customerTable)
    .where(and(eq(customerTable.tenant, tenant), sql`${customerTable.id} = ${id}`))
    .limit(1)
    .as('customer')
