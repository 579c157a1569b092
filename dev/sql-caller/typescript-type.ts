import { getTableName, isTable } from 'drizzle-orm'
import * as schema from '../../src/db/schema/index.ts'
import type { Type } from '../sql/routine.ts'

/** A type of PostgreSQL in TypeScript. `table`: the schema's name of the table whose row it is. */
export type TypescriptType = {
  readonly value: string
  readonly isArray: boolean
  readonly table: string | undefined
}

const plain: Readonly<Record<string, string>> = {
  text: 'string',
  integer: 'number',
  bigint: 'number',
  boolean: 'boolean',
  'timestamp with time zone': 'string',
  interval: 'string',
  xid8: 'string',
  json: 'Json',
  jsonb: 'Json',
}

const tables = new Map<string, string>(
  Object.entries(schema).flatMap(([name, value]) =>
    isTable(value) ? [[getTableName(value), name]] : [],
  ),
)

/** `undefined` for a type that nothing is known of. */
export function toTypescriptType(type: Type): TypescriptType | undefined {
  const table = type.table === null ? undefined : tables.get(type.table)
  const value = table ? `RowOf<typeof ${table}>` : plain[type.name.replace('[]', '')]
  if (value === undefined) return undefined
  return { value, isArray: type.name.endsWith('[]'), table }
}

/** What a caller may give for it. */
export function argumentType(
  { value, isArray, table }: TypescriptType,
  mayBeNull: boolean,
): string {
  if (table && !isArray) return mayBeNull ? `RowOrNull<typeof ${table}>` : `Row<typeof ${table}>`
  return `Arg<${isArray ? `readonly ${value}[]` : value}${mayBeNull ? ' | null' : ''}>`
}

/** What a caller gets. */
export const resultType = ({ value, isArray }: TypescriptType, mayBeNull: boolean): string =>
  `${value}${isArray ? '[]' : ''}${mayBeNull ? ' | null' : ''}`
