import { type Fragment, sql } from '#db/fragment'
import type { CustomerFilter } from '../filter.ts'
import { type Condition, rowPasses, type Scope } from './condition.ts'
import { column, every } from './sql.ts'

/** Conditions without a source. Those of columns that entries do not have are one, for each would read the customer's row again. */
export function attributes(scope: Scope, filter: CustomerFilter): Condition[] {
  const { emailVerified, emailDomain, locale, metadata = {} } = filter
  const tests = [
    ...(emailDomain === undefined ? [] : [isVerified, hasDomain(emailDomain)]),
    ...(locale === undefined ? [] : [speaks(locale)]),
    ...Object.entries(metadata).map(has),
  ]
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

const isVerified = sql`(${column('emailVerifiedAt', 's')} is not null)`

/** A key has one @. */
const hasDomain = (domain: string): Fragment =>
  sql`split_part(${column('emailKey', 's')}, '@', 2) = ${domain}`

const speaks = (tag: string): Fragment =>
  sql`starts_with(${column('locale', 's')} || '-', ${`${tag}-`})`

const has = ([key, value]: [string, string]): Fragment =>
  sql`${column('metadata', 's')} ->> ${key} = ${value}`
