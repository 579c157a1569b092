import { getTableColumns, is } from 'drizzle-orm'
import { PgTable } from 'drizzle-orm/pg-core'
import * as schema from '#db/schema'
import { accountTables } from './account-tables.ts'
import { derivedAndClockTables } from './derived-and-clock-tables.ts'
import { historyTables } from './history-tables.ts'
import type { Holding } from './holding.ts'
import { loginTables } from './login-tables.ts'
import { shopTables } from './shop-tables.ts'

export { analysedColumns } from './analysed-columns.ts'
export type { Holding, RetentionName } from './holding.ts'

type Schema = typeof schema
type TableName<K> = K extends `${infer Name}Table` ? Name : never

/** One entry for each table of the schema, with a word for each of its columns: another table, or another column, does not compile. */
type Holdings = {
  readonly [K in keyof Schema as TableName<K>]: Schema[K] extends infer T
    ? T extends PgTable
      ? Holding<T>
      : never
    : never
}

/**
 * What each table holds about people. Export, erasure, retention, the redaction of logs and `docs/privacy.md` come from it.
 */
export const personalDataByTable = {
  ...accountTables,
  ...loginTables,
  ...historyTables,
  ...shopTables,
  ...derivedAndClockTables,
} satisfies Holdings

const tables: ReadonlyMap<string, PgTable> = new Map(
  Object.entries(schema).flatMap(([name, table]) =>
    is(table, PgTable) ? [[name.replace(/Table$/, ''), table] as const] : [],
  ),
)

/** Each table with what it holds, and its columns by their names. */
export const holdings = Object.entries(personalDataByTable).map(
  ([name, holding]: [string, Holding]) => {
    const table = tables.get(name)
    if (table === undefined) throw new TypeError(`${name} is no table`)
    return { name, holding, table, columns: getTableColumns(table) }
  },
)
