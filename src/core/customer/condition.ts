import { type SQL, sql } from 'drizzle-orm'
import { textArray } from '#core/outbox'
import { emailKey } from './email.ts'
import type { CustomerFilter } from './filter.ts'
import { resolveMoment } from './moment.ts'
import { readSearch } from './name.ts'

/** One thing that a filter says, in the two forms that a list needs it in. */
export type Condition = {
  /** Whether it holds for the customer `c`. */
  readonly holds: SQL
  /** The ids of all for whom it holds (and of others, perhaps, and some twice), straight from an index, at most so many. */
  readonly candidates: ((most: number) => SQL) | null
  /** The column it is a range of, when it is one. */
  readonly column: string | null
}

/** What a filter means in SQL: for the rows of one tenant, at one moment. */
export type Conditions = {
  /** Whether it is about those that a list shows by default. */
  readonly listed: boolean
  /** At most a handful of ids that it can be about, whatever else it says. */
  readonly sure: SQL | null
  /** The one likely to hold for the fewest comes first. */
  readonly all: readonly Condition[]
}

export function conditionsOf(tenant: string, filter: CustomerFilter, now: Date): Conditions {
  const listed = filter.status !== 'merged' && filter.status !== 'erased'
  const scope = sql`tenant = ${tenant} and listed = ${sql.raw(String(listed))}`
  const all = [
    ...identity(scope, filter),
    ...search(filter),
    ...groups(tenant, filter),
    ...country(scope, filter),
    ...status(tenant, filter),
    ...ranges(scope, filter, now),
  ]
  return { listed, sure: sure(tenant, scope, filter, listed), all }
}

function sure(tenant: string, scope: SQL, filter: CustomerFilter, listed: boolean): SQL | null {
  if (filter.id !== undefined) return sql`select unnest(${textArray(filter.id)}) as id`
  if (filter.externalId !== undefined) {
    return sql`select id from customer where tenant = ${tenant} and external_id = ${filter.externalId} and status <> 'deleted'`
  }
  // An account and a guest at most; of those that were merged away there may be many.
  if (filter.email !== undefined && listed) {
    return sql`select id from customer where ${scope} and email_key = ${emailKey(filter.email)}`
  }
  return null
}

function identity(scope: SQL, { id, externalId, email }: CustomerFilter): Condition[] {
  const only = (holds: SQL): Condition => ({ holds, candidates: null, column: null })
  return [
    ...(id === undefined ? [] : [only(sql`c.id = any(${textArray(id)})`)]),
    ...(externalId === undefined ? [] : [only(sql`c.external_id = ${externalId}`)]),
    ...(email === undefined ? [] : [range('email_key', [sql`= ${emailKey(email)}`], scope)]),
  ]
}

function groups(tenant: string, { group, groupMode = 'any' }: CustomerFilter): Condition[] {
  if (group === undefined) return []
  const members = (keys: readonly string[]): Condition => ({
    holds: sql`c.group_keys && ${textArray(keys)}`,
    candidates: (most) => sql`select customer_id as id from membership
      where tenant = ${tenant} and group_key = any(${textArray(keys)}) order by group_key, customer_id limit ${raw(most)}`,
    column: null,
  })
  return groupMode === 'all' ? group.map((key) => members([key])) : [members(group)]
}

function country(scope: SQL, filter: CustomerFilter): Condition[] {
  if (filter.country === undefined) return []
  const same = sql`country = ${filter.country}`
  return [
    {
      holds: sql`c.${same}`,
      candidates: (most) =>
        sql`select id from customer where ${scope} and ${same} order by id limit ${raw(most)}`,
      column: null,
    },
  ]
}

/** Most customers are active: there is no index of them. */
function status(tenant: string, filter: CustomerFilter): Condition[] {
  if (filter.status === undefined) return []
  const same = sql`status = ${filter.status}`
  const candidates = (most: number) =>
    sql`select id from customer where tenant = ${tenant} and ${same} and status <> 'active' order by id limit ${raw(most)}`
  return [
    {
      holds: sql`c.${same}`,
      candidates: filter.status === 'active' ? null : candidates,
      column: null,
    },
  ]
}

function search({ q }: CustomerFilter): Condition[] {
  if (q === undefined) return []
  const { words, email } = readSearch(q)
  const names = words.map(
    (word) => sql`' ' || c.first_name_key || ' ' || c.last_name_key like ${`% ${word}%`}`,
  )
  const either = [
    ...(names.length === 0 ? [] : [sql`(${sql.join(names, sql` and `)})`]),
    ...(email === null ? [] : [sql`c.email_key like ${prefix(email)}`]),
  ]
  return [
    {
      holds: either.length === 0 ? sql`false` : sql`(${sql.join(either, sql` or `)})`,
      candidates: null,
      column: null,
    },
  ]
}

const prefix = (text: string): string => `${text.replace(/[\\%_]/g, '\\$&')}%`

function ranges(scope: SQL, filter: CustomerFilter, now: Date): Condition[] {
  const at = (moment: string | undefined) =>
    moment === undefined ? undefined : resolveMoment(moment, now).toISOString()
  const bounds = (operator: string, value: unknown) =>
    value === undefined ? [] : [sql`${sql.raw(operator)} ${value}`]
  const moments = (after: string | undefined, before: string | undefined) => [
    ...bounds('>=', at(after)),
    ...bounds('<', at(before)),
  ]
  const { minOrders, maxOrders, minSpent, maxSpent } = filter
  const lastOrder = moments(filter.lastOrderAfter, filter.lastOrderBefore)
  const all: Record<string, SQL[]> = {
    last_order_key: lastOrder.length === 0 ? [] : [...lastOrder, sql`> '-infinity'`],
    total_spent: [...bounds('>=', minSpent), ...bounds('<=', maxSpent)],
    order_count: [...bounds('>=', minOrders), ...bounds('<=', maxOrders)],
    updated_at: moments(filter.updatedAfter, filter.updatedBefore),
    created_at: moments(filter.createdAfter, filter.createdBefore),
  }
  return Object.entries(all)
    .filter(([, tests]) => tests.length > 0)
    .map(([column, tests]) => range(column, tests, scope))
}

function range(column: string, tests: SQL[], scope: SQL): Condition {
  const within = (name: SQL) =>
    sql.join(
      tests.map((test) => sql`${name} ${test}`),
      sql` and `,
    )
  return {
    holds: within(sql.raw(`c.${column}`)),
    candidates: (most) => sql`select id from customer where ${scope} and ${within(sql.raw(column))}
      order by ${sql.raw(column)}, id limit ${raw(most)}`,
    column,
  }
}

const raw = (whole: number): SQL => sql.raw(String(whole))
