import { type SQL, sql } from 'drizzle-orm'
import { textArray } from '#core/outbox'
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
  const plain = (holds: SQL): Condition => ({ holds, looks: 'nowhere', source: null, range: null })
  return [
    ...(id === undefined ? [] : [plain(sql`c.id = any(${textArray(id)})`)]),
    ...(externalId === undefined
      ? []
      : [plain(looksAt(scope, sql`s.external_id = ${externalId}`))]),
    ...(email === undefined ? [] : [byEmail(scope, emailKey(email))]),
  ]
}

function byEmail(scope: Scope, key: string): Condition {
  const rows = ({ most, direction, within }: Request) =>
    sql`select id from customer where ${inScope(scope)} and email_key = ${key} and ${within(sql`id`)}
      order by id ${sql.raw(direction)} limit ${sql.raw(String(most))}`
  return {
    holds: looksAt(scope, sql`s.email_key = ${key}`),
    looks: 'table',
    source: { order: 'id', rows, carries: false },
    range: null,
  }
}

function sure({ tenant, listed }: Scope, filter: CustomerFilter): SQL | null {
  if (filter.id !== undefined) return sql`select unnest(${textArray(filter.id)}) as id`
  if (filter.externalId !== undefined) {
    return sql`select id from customer
      where tenant = ${tenant} and external_id = ${filter.externalId} and status <> 'deleted'`
  }
  // An account and a guest at most; of those that were merged away there may be many.
  if (filter.email !== undefined && listed) {
    return sql`select id from customer
      where tenant = ${tenant} and listed and email_key = ${emailKey(filter.email)}`
  }
  return null
}
