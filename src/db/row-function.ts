import type { PgTable } from 'drizzle-orm/pg-core'
import type { Expression } from './sql-type.ts'

/**
 * A function of one row of a table, generated from an expression of the builder, so that SQL by hand makes the same document as a use
 * case. Its only argument is the row.
 */
export type RowFunction = {
  readonly name: string
  readonly table: PgTable
  readonly expression: () => Expression<unknown>
}

export const rowFunction = <T extends PgTable>(
  name: string,
  table: T,
  of: (row: T) => Expression<unknown>,
): RowFunction => ({ name, table, expression: () => of(table) })
