import { type Fragment, sql } from '#db/fragment'
import type { CustomerFilter } from '../filter.ts'
import { type Condition, rowPasses, type Scope } from './condition.ts'
import { column, every } from './sql.ts'

/** Conditions without a source. Those of columns that entries do not have are one, for each would read the customer's row again. */
export function attributes(scope: Scope, filter: CustomerFilter): Condition[] {
  const { emailVerified, metadata = {} } = filter
  const tests = Object.entries(metadata).map(has)
  const unread = { source: null, range: null }
  return [
    ...(emailVerified === undefined
      ? []
      : [
          {
            ...unread,
            holds: sql`${column('emailVerified', 'c')} = ${emailVerified}`,
            reads: 'nothing' as const,
          },
        ]),
    ...(tests.length === 0
      ? []
      : [{ ...unread, holds: rowPasses(scope, every(tests)), reads: 'table' as const }]),
  ]
}

const has = ([key, value]: [string, string]): Fragment =>
  sql`${column('metadata', 's')} ->> ${key} = ${value}`
