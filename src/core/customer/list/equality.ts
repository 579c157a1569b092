import { type Fragment, raw, sql } from '#db/fragment'
import { membershipColumns } from '#db/generated/column'
import type { CustomerFilter } from '../filter.ts'
import type { Status } from '../view.ts'
import { type Condition, firstIn, type Request, type Scope } from './condition.ts'
import { shares } from './place.ts'
import { carried, column, columns, texts, unionOf, whole } from './sql.ts'

/** Conditions of equality. Indexes give the ids for each value in order, which is the order of creation. */
export function equalities(scope: Scope, filter: CustomerFilter): Condition[] {
  const { group, groupNot, groupMode, status } = filter
  const sets = group === undefined ? [] : groupMode === 'all' ? group.map((key) => [key]) : [group]
  return [
    ...sets.map((keys) => inGroup(scope, keys)),
    ...(groupNot === undefined ? [] : [outsideGroups(scope, groupNot)]),
    ...shares(scope, filter),
    ...(status === undefined ? [] : [inStatus(scope, status)]),
  ]
}

const of = {
  tenant: raw(membershipColumns.tenant),
  groupKey: raw(membershipColumns.groupKey),
  customerId: raw(membershipColumns.customerId),
}

const isAnyKey = (keys: readonly string[]): Fragment =>
  keys.length === 1 ? sql`${of.groupKey} = ${keys[0]}` : sql`${of.groupKey} = any(${texts(keys)})`

/** Whether `c` is in any of the groups. */
function isMember({ tenant, groupKeys }: Scope, keys: readonly string[]): Fragment {
  if (groupKeys !== undefined) return sql`${groupKeys} && ${texts(keys)}`
  // An entry does not have the keys of very many groups. The subquery is scalar: for an `exists`, the planner may read the whole group.
  return sql`coalesce(${column('groupKeys', 'c')} && ${texts(keys)}, (select true from membership
    where ${of.tenant} = ${tenant} and ${isAnyKey(keys)} and ${of.customerId} = ${column('id', 'c')} limit 1) is true)`
}

/** Most customers are outside, so it is no source. */
const outsideGroups = (scope: Scope, keys: readonly string[]): Condition => ({
  holds: sql`not (${isMember(scope, keys)})`,
  reads: 'nothing',
  source: null,
  range: null,
})

function inGroup(scope: Scope, keys: readonly string[]): Condition {
  const { tenant } = scope
  const membersOf = (key: string, { most, direction, within }: Request) =>
    sql`select ${of.customerId} as id from membership
      where ${of.tenant} = ${tenant} and ${of.groupKey} = ${key} and ${within(of.customerId)}
      order by ${of.customerId} ${raw(direction)} limit ${whole(most)}`
  return {
    holds: isMember(scope, keys),
    reads: 'nothing',
    source: {
      order: keys.length === 1 ? 'id' : null,
      // One after the other: for any of several keys at once, the planner would read and sort all members.
      rows: (request) => {
        const [first = sql`select null`, ...others] = keys.map((key) => membersOf(key, request))
        if (others.length === 0) return first
        const all = unionOf([first, ...others].map((members) => sql`(${members})`))
        return sql`select id from (${all}) m limit ${whole(request.most)}`
      },
      carries: false,
      isExact: true,
      // A membership ends with its customer.
      isListed: true,
    },
    range: null,
  }
}

function isStatus(scope: Scope, status: Status): Condition {
  const rows = ({ most, direction, within }: Request) =>
    firstIn(scope, {
      from: 'list_entry',
      select: columns(carried),
      where: sql`${column('status')} = ${status} and ${within(column('id'))}`,
      order: sql`${column('id')} ${raw(direction)}`,
      most: whole(most),
    })
  return {
    holds: sql`${column('status', 'c')} = ${status}`,
    reads: 'nothing',
    source: { order: 'id', rows, carries: true, isExact: true },
    range: null,
  }
}

/** Most customers are active, so there is no index of those. */
function inStatus(scope: Scope, statuses: readonly Status[]): Condition {
  const [only] = statuses
  const is =
    only !== undefined && statuses.length === 1 ? isStatus(scope, only) : anyOf(scope, statuses)
  return statuses.includes('active') ? { ...is, source: null } : is
}

/** One of several statuses. Each has an index of its own order, so that none reads more rows than are asked for. */
const anyOf = (scope: Scope, statuses: readonly Status[]): Condition => ({
  holds: sql`${column('status', 'c')} = any(${texts(statuses)})`,
  reads: 'nothing',
  source: {
    order: null,
    rows: (request) => {
      const each = statuses.map((status) => isStatus(scope, status).source?.rows(request))
      const parts = each.flatMap((rows) => (rows === undefined ? [] : [sql`(${rows})`]))
      return sql`select * from (${unionOf(parts)}) s limit ${whole(request.most)}`
    },
    carries: true,
    isExact: true,
  },
  range: null,
})
