import { sql } from '#db/fragment'
import { type Reading, readKeys } from '../search-key.ts'
import type { Condition, Scope } from './condition.ts'
import { hasOrder, ownerOf } from './order.ts'
import { byPhone, byPostalCode } from './place.ts'
import { every } from './sql.ts'

/** The ways to read a search text as an order number, a phone or a postal code, alone or beside a name. @param named tests whether words begin words of the name. */
export const keySearch = (
  scope: Scope,
  q: string,
  named: (text: string) => Condition['holds'],
): Condition[] =>
  readKeys(q).map((reading) => {
    const { name } = reading
    const found = keyOf(scope, reading)
    return name === null ? found : { ...found, holds: every([found.holds, named(name)]) }
  })

/** The customers with the key of a reading, with any name. */
export function keyOf(scope: Scope, { kind, text }: Pick<Reading, 'kind' | 'text'>): Condition {
  if (kind === 'phone') return byPhone(scope, text)
  if (kind === 'postalCode') return byPostalCode(scope, text)
  return {
    holds: hasOrder(scope, text),
    reads: 'index',
    source: {
      order: null,
      rows: () => sql`select o.id from (${ownerOf(scope.tenant, text)}) o`,
      carries: false,
      isExact: true,
    },
    range: null,
  }
}
