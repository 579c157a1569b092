import { type Fragment, raw, sql } from '#db/fragment'
import { emailKey } from '../email.ts'
import type { CustomerFilter } from '../filter.ts'
import {
  type Condition,
  type Conditions,
  inScope,
  looksAt,
  type Request,
  type Scope,
} from './condition.ts'
import { equalities } from './equality.ts'
import { ranges } from './range.ts'
import { search } from './search.ts'
import { column, texts, whole } from './sql.ts'

/** A filter in SQL: for the customers of one tenant, at one moment. */
export function conditionsOf(tenant: string, filter: CustomerFilter, now: Date): Conditions {
  const scope = { tenant, listed: filter.status !== 'merged' && filter.status !== 'erased' }
  const all = [
    ...search(scope, filter),
    ...equalities(scope, filter),
    ...ranges(scope, filter, now),
    ...identities(scope, filter),
  ]
  return { scope, all, sure: sure(scope, filter) }
}

function identities(scope: Scope, { id, externalId, email }: CustomerFilter): Condition[] {
  const plain = (holds: Fragment): Condition => ({
    holds,
    looks: 'nowhere',
    source: null,
    range: null,
  })
  return [
    ...(id === undefined ? [] : [plain(sql`${column('id', 'c')} = any(${texts(id)})`)]),
    ...(externalId === undefined
      ? []
      : [plain(looksAt(scope, sql`${column('externalId', 's')} = ${externalId}`))]),
    ...(email === undefined ? [] : [byEmail(scope, emailKey(email))]),
  ]
}

function byEmail(scope: Scope, key: string): Condition {
  const rows = ({ most, direction, within }: Request) =>
    sql`select ${column('id')} from customer where ${inScope(scope)} and ${column('emailKey')} = ${key} and ${within(column('id'))}
      order by ${column('id')} ${raw(direction)} limit ${whole(most)}`
  return {
    holds: looksAt(scope, sql`${column('emailKey', 's')} = ${key}`),
    looks: 'table',
    source: { order: 'id', rows, carries: false },
    range: null,
  }
}

function sure({ tenant, listed }: Scope, filter: CustomerFilter): Fragment | null {
  if (filter.id !== undefined) return sql`select unnest(${texts(filter.id)}) as id`
  if (filter.externalId !== undefined) {
    return sql`select ${column('id')} from customer
      where ${column('tenant')} = ${tenant} and ${column('externalId')} = ${filter.externalId} and ${column('status')} <> 'deleted'`
  }
  // An account and a guest at most; of those that were merged away there may be many.
  if (filter.email !== undefined && listed) {
    return sql`select ${column('id')} from customer
      where ${column('tenant')} = ${tenant} and ${column('listed')} and ${column('emailKey')} = ${emailKey(filter.email)}`
  }
  return null
}
