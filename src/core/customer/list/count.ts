import { sql, toSent } from '#db/fragment'
import { type Row, Statement } from '#db/statement'
import { type Conditions, inScope } from './condition.ts'
import { every, whole } from './sql.ts'

/** Readers do not need a larger number, and a larger count costs more. */
const MOST = 10_000

export type Count = { readonly total: number; readonly totalIsExact: boolean }

/** Counts the customers, up to 10,000. */
export function countStatement({ scope, all }: Conditions): Statement<Count, 'read'> {
  const tests = every([inScope(scope), ...all.map(({ holds }) => holds)])
  const query = sql`select count(*)::int as found
    from (select from list_entry c where ${tests} limit ${whole(MOST + 1)}) x`
  return new Statement(toSent(query), toCount)
}

const toCount = ([row]: readonly Row[]): Count => {
  const found = Number(row?.found)
  return { total: Math.min(found, MOST), totalIsExact: found <= MOST }
}
