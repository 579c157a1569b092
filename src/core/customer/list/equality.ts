import { type SQL, sql } from 'drizzle-orm'
import { textArray } from '#core/outbox'
import type { CustomerFilter } from '../filter.ts'
import { type Condition, inScope, type Request, type Scope } from './condition.ts'
import { carried, columns, whole } from './sql.ts'

/** What a customer has or is in: indexes give the ids for each value in order, and so in the order they were created. */
export function equalities(scope: Scope, filter: CustomerFilter): Condition[] {
  const { group, groupMode, country, status } = filter
  const sets = group === undefined ? [] : groupMode === 'all' ? group.map((key) => [key]) : [group]
  return [
    ...sets.map((keys) => inGroup(scope, keys)),
    ...(country === undefined ? [] : [has(scope, sql`country = ${country}`)]),
    ...(status === undefined ? [] : [inStatus(scope, status)]),
  ]
}

function inGroup({ tenant }: Scope, keys: readonly string[]): Condition {
  const [only] = keys
  const members =
    keys.length === 1 ? sql`group_key = ${only}` : sql`group_key = any(${textArray(keys)})`
  return {
    // A scalar subquery, for the planner may read the whole group to hash it when it is asked whether one exists.
    holds: sql`(select true from membership
      where tenant = ${tenant} and ${members} and customer_id = c.id limit 1) is true`,
    looks: 'index',
    source: {
      order: keys.length === 1 ? 'id' : 'group_key',
      rows: ({ most, direction, within }) => sql`select customer_id as id from membership
        where tenant = ${tenant} and ${members} and ${within(sql`customer_id`)}
        order by ${keys.length === 1 ? sql`` : sql`group_key, `}customer_id ${sql.raw(direction)} limit ${whole(most)}`,
      carries: false,
    },
    range: null,
  }
}

function has(scope: Scope, test: SQL): Condition {
  const rows = ({
    most,
    direction,
    within,
  }: Request) => sql`select ${columns(carried)} from customer
    where ${inScope(scope)} and ${test} and ${within(sql`id`)} order by id ${sql.raw(direction)} limit ${whole(most)}`
  return {
    holds: sql`c.${test}`,
    looks: 'nowhere',
    source: { order: 'id', rows, carries: true },
    range: null,
  }
}

/** Most customers are active: there is no index of those. */
function inStatus(scope: Scope, status: string): Condition {
  const is = has(scope, sql`status = ${status}`)
  return status === 'active' ? { ...is, source: null } : is
}
