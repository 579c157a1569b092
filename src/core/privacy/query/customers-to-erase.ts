import { type SQL, sql } from 'drizzle-orm'

/** Customers whose data is erased together, and the most events that one step empties. */
export type CustomersToErase = {
  readonly tenant: string
  /** An expression of type `text[]`. */
  readonly ids: SQL
  readonly limit: number
}

/** Whether a column has one of the values of an expression of type `text[]`. */
export const isInTextArray = (column: unknown, values: SQL) => sql`${column} = any(${values})`
