import { type Fragment, raw, sql } from '#db/fragment'
import { emailKey } from '../email.ts'
import type { CustomerFilter } from '../filter.ts'
import { attributes } from './attribute.ts'
import {
  type Condition,
  type Conditions,
  firstIn,
  type Request,
  rowPasses,
  type Scope,
} from './condition.ts'
import { equalities } from './equality.ts'
import { hasOrder, ownerOf } from './order.ts'
import { places } from './place.ts'
import { ordersOf, ranges } from './range.ts'
import { search } from './search.ts'
import { column, texts, whole } from './sql.ts'
import { guessOf } from './typo.ts'

/**
 * The conditions of a filter in SQL, for the customers of one tenant at one moment.
 * @param groupKeys the keys of the groups of `c` (text[]); without it, memberships are looked up.
 */
export function conditionsOf(
  tenant: string,
  filter: CustomerFilter,
  now: Date,
  groupKeys?: Fragment,
): Conditions {
  const scope = { tenant, parts: partsOf(filter), orders: ordersOf(filter), groupKeys }
  const others = [
    ...places(scope, filter),
    ...equalities(scope, filter),
    ...ranges(scope, filter, now),
    ...identities(scope, filter),
    ...attributes(filter),
  ]
  const all = [...search(scope, filter), ...others]
  const known = sure(scope, filter)
  return { scope, all, sure: known, guess: guessOf(scope, filter, { others, sure: known }) }
}

function partsOf({ status }: CustomerFilter): boolean[] {
  const listed = status?.map((one) => one !== 'merged')
  return [...new Set(listed ?? [true])]
}

function identities(scope: Scope, { id, externalId, email, orderId }: CustomerFilter): Condition[] {
  const plain = (holds: Fragment): Condition => ({
    holds,
    reads: 'nothing',
    source: null,
    range: null,
  })
  return [
    ...(id === undefined ? [] : [plain(sql`${column('id', 'c')} = any(${texts(id)})`)]),
    ...(externalId === undefined
      ? []
      : [plain(rowPasses(scope, sql`${column('externalId', 's')} = ${externalId}`))]),
    ...(email === undefined ? [] : [byEmail(scope, emailKey(email))]),
    ...(orderId === undefined ? [] : [plain(hasOrder(scope, orderId))]),
  ]
}

function byEmail(scope: Scope, key: string): Condition {
  const rows = ({ most, direction, within }: Request) =>
    firstIn(scope, {
      select: column('id'),
      where: sql`${column('emailKey')} = ${key} and ${within(column('id'))}`,
      order: sql`${column('id')} ${raw(direction)}`,
      most: whole(most),
    })
  return {
    holds: rowPasses(scope, sql`${column('emailKey', 's')} = ${key}`),
    reads: 'table',
    source: { order: 'id', rows, carries: false, isExact: true },
    range: null,
  }
}

function sure({ tenant, parts, orders }: Scope, filter: CustomerFilter): Fragment | null {
  if (orders.length === 0) return sql`select ${column('id')} from customer where false`
  if (filter.id !== undefined) return sql`select unnest(${texts(filter.id)}) as id`
  if (filter.externalId !== undefined) {
    return sql`select ${column('id')} from customer
      where ${column('tenant')} = ${tenant} and ${column('externalId')} = ${filter.externalId} and ${column('status')} <> 'deleted'`
  }
  if (filter.orderId !== undefined) return ownerOf(tenant, filter.orderId)
  // At most one account and one guest have the address. Many merged customers may have it.
  if (filter.email !== undefined && !parts.includes(false)) {
    return sql`select ${column('id')} from customer
      where ${column('tenant')} = ${tenant} and ${column('listed')} and ${column('emailKey')} = ${emailKey(filter.email)}`
  }
  return null
}
