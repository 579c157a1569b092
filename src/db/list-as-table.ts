import { type SQL, sql } from 'drizzle-orm'
import { Expression } from './sql-type.ts'
import { type Params, typeOfParam, type ValuesOf } from './use-case.ts'

/** The rows of a parameter that is a list, as a table to select from. */
type Records<C extends Params> = {
  readonly from: SQL
  readonly columns: { readonly [K in keyof C]: Expression<ValuesOf<C>[K]> }
}

/**
 * A list of objects as a table. @param name the table's name. @param list a parameter `kind.json<readonly ValuesOf<typeof columns>[]>()`.
 */
export function listAsTable<C extends Params>(
  name: string,
  list: readonly ValuesOf<C>[],
  columns: C,
): Records<C> {
  const table = sql.identifier(name)
  const specs = Object.entries(columns).map(
    ([key, spec]) => sql`${sql.identifier(key)} ${sql.raw(typeOfParam(spec))}`,
  )
  const fields = Object.entries(columns).map(([key, spec]) => [
    key,
    new Expression(sql`${table}.${sql.identifier(key)}`, typeOfParam(spec)),
  ])
  return {
    from: sql`json_to_recordset(${list}) as ${table} (${sql.join(specs, sql`, `)})`,
    columns: Object.fromEntries(fields),
  }
}
