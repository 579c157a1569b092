import { sqlFragment } from '#db/fragment'
import { readSearchKeys, type SearchKeyReading } from '../search-key-reading.ts'
import type { Condition, ListScope } from './condition.ts'
import { phoneCondition, postalCodeCondition } from './find-key-conditions.ts'
import { customerOfOrder, hasOrder } from './order-owner.ts'
import { every } from './sql.ts'

/** The ways to read a search text as an order number, a phone or a postal code, alone or beside a name. @param named tests whether words begin words of the name. */
export const searchKeyConditions = (
  scope: ListScope,
  q: string,
  named: (text: string) => Condition['holds'],
): Condition[] =>
  readSearchKeys(q).map((reading) => {
    const { name } = reading
    const found = searchKeyCondition(scope, reading)
    return name === null ? found : { ...found, holds: every([found.holds, named(name)]) }
  })

/** The customers with the key of a reading, with any name. */
export function searchKeyCondition(
  scope: ListScope,
  { kind, text }: Pick<SearchKeyReading, 'kind' | 'text'>,
): Condition {
  if (kind === 'phone') return phoneCondition(scope, text)
  if (kind === 'postalCode') return postalCodeCondition(scope, text)
  return {
    holds: hasOrder(scope, text),
    reads: 'index',
    source: {
      order: null,
      rows: () => sqlFragment`select o.id from (${customerOfOrder(scope.tenant, text)}) o`,
      carries: false,
      isExact: true,
    },
    range: null,
  }
}
