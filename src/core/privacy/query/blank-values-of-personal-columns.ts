import type { SQL } from 'drizzle-orm'
import { sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { holdings } from '#db/personal'

/** The empty value of a column: null, or the empty value of its type if null is not allowed. */
function blankOf(column: PgColumn): SQL {
  if (!column.notNull) return sql`null`
  const type = column.getSQLType()
  return type === 'jsonb' || type.endsWith('[]') ? sql`'{}'` : sql`''`
}

/** The columns of a table by which a person is known, each set to nothing. */
export function blankValuesOfPersonalColumns(table: string): Record<string, SQL> {
  const held = holdings.find(({ name }) => name === table)
  if (held === undefined) throw new TypeError(`${table} is no table`)
  const words: Readonly<Record<string, string>> = held.holding.columns
  const personal = Object.entries(held.columns).filter(([name]) => words[name] !== 'none')
  return Object.fromEntries(personal.map(([name, column]) => [name, blankOf(column)]))
}
