import { type Fragment, rawFragment, sqlFragment } from '#db/fragment'
import { emailKey } from '../email.ts'
import type { CustomerFilter } from '../filter.ts'
import {
  type Condition,
  type Conditions,
  customerRowMeets,
  firstRowsOfScope,
  type ListScope,
  type SourceRequest,
} from './condition.ts'
import { emailVerifiedConditions } from './email-verified-conditions.ts'
import { equalityConditions } from './equality-conditions.ts'
import { addressConditions } from './find-key-conditions.ts'
import { customerOfOrder, hasOrder } from './order-owner.ts'
import { orderCountPartsOfFilter, rangeConditions } from './range-conditions.ts'
import { searchConditions } from './search-conditions.ts'
import { columnFragment, literalNumber, textArrayParameter } from './sql.ts'
import { typoGuessOfFilter } from './typo-guess.ts'

/**
 * The conditions of a filter in SQL, for the customers of one tenant at one moment.
 * @param groupKeys the keys of the groups of `c` (text[]); without it, memberships are looked up.
 */
export function filterConditions(
  tenant: string,
  filter: CustomerFilter,
  now: Date,
  groupKeys?: Fragment,
): Conditions {
  const scope = {
    tenant,
    parts: partsOf(filter),
    orders: orderCountPartsOfFilter(filter),
    groupKeys,
  }
  const others = [
    ...addressConditions(scope, filter),
    ...equalityConditions(scope, filter),
    ...rangeConditions(scope, filter, now),
    ...identities(scope, filter),
    ...emailVerifiedConditions(filter),
  ]
  const all = [...searchConditions(scope, filter), ...others]
  const known = sure(scope, filter)
  return {
    scope,
    all,
    sure: known,
    guess: typoGuessOfFilter(scope, filter, { others, sure: known }),
  }
}

function partsOf({ status }: CustomerFilter): boolean[] {
  const listed = status?.map((one) => one !== 'merged')
  return [...new Set(listed ?? [true])]
}

function identities(
  scope: ListScope,
  { id, externalId, email, orderId }: CustomerFilter,
): Condition[] {
  const plain = (holds: Fragment): Condition => ({
    holds,
    reads: 'nothing',
    source: null,
    range: null,
  })
  return [
    ...(id === undefined
      ? []
      : [plain(sqlFragment`${columnFragment('id', 'c')} = any(${textArrayParameter(id)})`)]),
    ...(externalId === undefined
      ? []
      : [
          plain(
            customerRowMeets(
              scope,
              sqlFragment`${columnFragment('externalId', 's')} = ${externalId}`,
            ),
          ),
        ]),
    ...(email === undefined ? [] : [byEmail(scope, emailKey(email))]),
    ...(orderId === undefined ? [] : [plain(hasOrder(scope, orderId))]),
  ]
}

function byEmail(scope: ListScope, key: string): Condition {
  const rows = ({ most, direction, within }: SourceRequest) =>
    firstRowsOfScope(scope, {
      select: columnFragment('id'),
      where: sqlFragment`${columnFragment('emailKey')} = ${key} and ${within(columnFragment('id'))}`,
      order: sqlFragment`${columnFragment('id')} ${rawFragment(direction)}`,
      most: literalNumber(most),
    })
  return {
    holds: customerRowMeets(scope, sqlFragment`${columnFragment('emailKey', 's')} = ${key}`),
    reads: 'table',
    source: { order: 'id', rows, carries: false, isExact: true },
    range: null,
  }
}

function sure({ tenant, parts, orders }: ListScope, filter: CustomerFilter): Fragment | null {
  if (orders.length === 0)
    return sqlFragment`select ${columnFragment('id')} from customer where false`
  if (filter.id !== undefined)
    return sqlFragment`select unnest(${textArrayParameter(filter.id)}) as id`
  if (filter.externalId !== undefined) {
    return sqlFragment`select ${columnFragment('id')} from customer
      where ${columnFragment('tenant')} = ${tenant} and ${columnFragment('externalId')} = ${filter.externalId} and ${columnFragment('status')} <> 'deleted'`
  }
  if (filter.orderId !== undefined) return customerOfOrder(tenant, filter.orderId)
  // At most one account and one guest have the address. Many merged customers may have it.
  if (filter.email !== undefined && !parts.includes(false)) {
    return sqlFragment`select ${columnFragment('id')} from customer
      where ${columnFragment('tenant')} = ${tenant} and ${columnFragment('listed')} and ${columnFragment('emailKey')} = ${emailKey(filter.email)}`
  }
  return null
}
