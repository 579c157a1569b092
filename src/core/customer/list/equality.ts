import { raw, sql } from '#db/fragment'
import { membershipColumns } from '#db/generated/column'
import type { CustomerFilter } from '../filter.ts'
import { type Condition, inScope, type Request, type Scope } from './condition.ts'
import { carried, column, columns, texts, whole } from './sql.ts'

/** What a customer has or is in: indexes give the ids for each value in order, and so in the order they were created. */
export function equalities(scope: Scope, filter: CustomerFilter): Condition[] {
  const { group, groupMode, country, status } = filter
  const sets = group === undefined ? [] : groupMode === 'all' ? group.map((key) => [key]) : [group]
  return [
    ...sets.map((keys) => inGroup(scope, keys)),
    ...(country === undefined ? [] : [has(scope, 'country', country)]),
    ...(status === undefined ? [] : [inStatus(scope, status)]),
  ]
}

const of = {
  tenant: raw(membershipColumns.tenant),
  groupKey: raw(membershipColumns.groupKey),
  customerId: raw(membershipColumns.customerId),
}

function inGroup({ tenant }: Scope, keys: readonly string[]): Condition {
  const [only] = keys
  const members =
    keys.length === 1 ? sql`${of.groupKey} = ${only}` : sql`${of.groupKey} = any(${texts(keys)})`
  return {
    // A scalar subquery, for the planner may read the whole group to hash it when it is asked whether one exists.
    holds: sql`(select true from membership
      where ${of.tenant} = ${tenant} and ${members} and ${of.customerId} = ${column('id', 'c')} limit 1) is true`,
    looks: 'index',
    source: {
      order: keys.length === 1 ? 'id' : null,
      rows: ({ most, direction, within }) => sql`select ${of.customerId} as id from membership
        where ${of.tenant} = ${tenant} and ${members} and ${within(of.customerId)}
        order by ${keys.length === 1 ? sql`` : sql`${of.groupKey}, `}${of.customerId} ${raw(direction)} limit ${whole(most)}`,
      carries: false,
    },
    range: null,
  }
}

function has(scope: Scope, name: 'country' | 'status', value: string): Condition {
  const rows = ({
    most,
    direction,
    within,
  }: Request) => sql`select ${columns(carried)} from customer
    where ${inScope(scope)} and ${column(name)} = ${value} and ${within(column('id'))}
    order by ${column('id')} ${raw(direction)} limit ${whole(most)}`
  return {
    holds: sql`${column(name, 'c')} = ${value}`,
    looks: 'nowhere',
    source: { order: 'id', rows, carries: true },
    range: null,
  }
}

/** Most customers are active: there is no index of those. */
function inStatus(scope: Scope, status: string): Condition {
  const is = has(scope, 'status', status)
  return status === 'active' ? { ...is, source: null } : is
}
