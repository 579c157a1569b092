import { type SQL, sql } from 'drizzle-orm'
import { type Conditions, inScope } from './condition.ts'
import { every } from './sql.ts'

/** Nobody reads further; and what nobody reads is not counted. */
const MOST = 10_000

export type Count = { readonly total: number; readonly totalIsExact: boolean }

/** How many there are, up to 10,000. */
export function countStatement({ scope, all }: Conditions): SQL {
  const tests = every([inScope(scope), ...all.map(({ holds }) => holds)])
  return sql`select least(count(*), ${sql.raw(String(MOST))})::int as total, count(*) <= ${sql.raw(String(MOST))} as "totalIsExact"
    from (select from customer c where ${tests} limit ${sql.raw(String(MOST + 1))}) x`
}
