import { type Fragment, rawFragment, sqlFragment } from '#db/fragment'
import { membershipColumns } from '#db/generated/column'
import type { CustomerFilter } from '../filter.ts'
import type { Status } from '../view.ts'
import {
  type Condition,
  firstRowsOfScope,
  type ListScope,
  type SourceRequest,
} from './condition.ts'
import { conditionsOfFrequentFindKeys } from './find-key-conditions.ts'
import {
  carriedColumns,
  columnFragment,
  columnFragments,
  literalNumber,
  textArrayParameter,
  unionAllOf,
} from './sql.ts'

/** Conditions of equality. Indexes give the ids for each value in order, which is the order of creation. */
export function equalityConditions(scope: ListScope, filter: CustomerFilter): Condition[] {
  const { group, groupNot, groupMode, status } = filter
  const sets = group === undefined ? [] : groupMode === 'all' ? group.map((key) => [key]) : [group]
  return [
    ...sets.map((keys) => inGroup(scope, keys)),
    ...(groupNot === undefined ? [] : [outsideGroups(scope, groupNot)]),
    ...conditionsOfFrequentFindKeys(scope, filter),
    ...(status === undefined ? [] : [inStatus(scope, status)]),
  ]
}

const of = {
  tenant: rawFragment(membershipColumns.tenant),
  groupKey: rawFragment(membershipColumns.groupKey),
  customerId: rawFragment(membershipColumns.customerId),
}

const isAnyKey = (keys: readonly string[]): Fragment =>
  keys.length === 1
    ? sqlFragment`${of.groupKey} = ${keys[0]}`
    : sqlFragment`${of.groupKey} = any(${textArrayParameter(keys)})`

/** Whether `c` is in any of the groups. */
function isMember({ tenant, groupKeys }: ListScope, keys: readonly string[]): Fragment {
  if (groupKeys !== undefined) return sqlFragment`${groupKeys} && ${textArrayParameter(keys)}`
  // An entry does not have the keys of very many groups. The subquery is scalar: for an `exists`, the planner may read the whole group.
  return sqlFragment`coalesce(${columnFragment('groupKeys', 'c')} && ${textArrayParameter(keys)}, (select true from membership
    where ${of.tenant} = ${tenant} and ${isAnyKey(keys)} and ${of.customerId} = ${columnFragment('id', 'c')} limit 1) is true)`
}

/** Most customers are outside, so it is no source. */
const outsideGroups = (scope: ListScope, keys: readonly string[]): Condition => ({
  holds: sqlFragment`not (${isMember(scope, keys)})`,
  reads: 'nothing',
  source: null,
  range: null,
})

function inGroup(scope: ListScope, keys: readonly string[]): Condition {
  const { tenant } = scope
  const membersOf = (key: string, { most, direction, within }: SourceRequest) =>
    sqlFragment`select ${of.customerId} as id from membership
      where ${of.tenant} = ${tenant} and ${of.groupKey} = ${key} and ${within(of.customerId)}
      order by ${of.customerId} ${rawFragment(direction)} limit ${literalNumber(most)}`
  return {
    holds: isMember(scope, keys),
    reads: 'nothing',
    source: {
      order: keys.length === 1 ? 'id' : null,
      // One after the other: for any of several keys at once, the planner would read and sort all members.
      rows: (request) => {
        const [first = sqlFragment`select null`, ...others] = keys.map((key) =>
          membersOf(key, request),
        )
        if (others.length === 0) return first
        const all = unionAllOf([first, ...others].map((members) => sqlFragment`(${members})`))
        return sqlFragment`select id from (${all}) m limit ${literalNumber(request.most)}`
      },
      carries: false,
      isExact: true,
      // A membership ends with its customer.
      isListed: true,
    },
    range: null,
  }
}

function isStatus(scope: ListScope, status: Status): Condition {
  const rows = ({ most, direction, within }: SourceRequest) =>
    firstRowsOfScope(scope, {
      from: 'list_entry',
      select: columnFragments(carriedColumns),
      where: sqlFragment`${columnFragment('status')} = ${status} and ${within(columnFragment('id'))}`,
      order: sqlFragment`${columnFragment('id')} ${rawFragment(direction)}`,
      most: literalNumber(most),
    })
  return {
    holds: sqlFragment`${columnFragment('status', 'c')} = ${status}`,
    reads: 'nothing',
    source: { order: 'id', rows, carries: true, isExact: true },
    range: null,
  }
}

/** Most customers are active, so there is no index of those. */
function inStatus(scope: ListScope, statuses: readonly Status[]): Condition {
  const [only] = statuses
  const is =
    only !== undefined && statuses.length === 1 ? isStatus(scope, only) : anyOf(scope, statuses)
  return statuses.includes('active') ? { ...is, source: null } : is
}

/** One of several statuses. Each has an index of its own order, so that none reads more rows than are asked for. */
const anyOf = (scope: ListScope, statuses: readonly Status[]): Condition => ({
  holds: sqlFragment`${columnFragment('status', 'c')} = any(${textArrayParameter(statuses)})`,
  reads: 'nothing',
  source: {
    order: null,
    rows: (request) => {
      const each = statuses.map((status) => isStatus(scope, status).source?.rows(request))
      const parts = each.flatMap((rows) => (rows === undefined ? [] : [sqlFragment`(${rows})`]))
      return sqlFragment`select * from (${unionAllOf(parts)}) s limit ${literalNumber(request.most)}`
    },
    carries: true,
    isExact: true,
  },
  range: null,
})
