import { type Fragment, raw, sql } from '#db/fragment'
import { addressColumns, findKeyColumns } from '#db/generated/column'
import type { findKeyTable } from '#db/schema'
import type { Condition, Request, Scope, Source } from './condition.ts'
import { column, either, unionOf, whole } from './sql.ts'

type Kind = (typeof findKeyTable.$inferSelect)['kind']

const of = {
  tenant: raw(findKeyColumns.tenant),
  kind: raw(findKeyColumns.kind),
  value: raw(findKeyColumns.value),
  customerId: raw(findKeyColumns.customerId),
}

/** Only listed customers have keys. */
export const hasKeys = ({ parts }: Scope): boolean => !parts.includes(false)

/** The customers who have a key. @param value a text, or an expression of one. */
export function withKey({ tenant }: Scope, kind: Kind, value: string | Fragment): Condition {
  const isIt = sql`${of.tenant} = ${tenant} and ${of.kind} = ${kind} and ${of.value} = ${value}`
  const rows = ({ most, direction, within }: Request) =>
    sql`select ${of.customerId} as id from find_key where ${isIt} and ${within(of.customerId)}
      order by ${of.customerId} ${raw(direction)} limit ${whole(most)}`
  return {
    // A scalar subquery: for an `exists`, the planner may read all who have the key to hash them.
    holds: sql`(select true from find_key where ${isIt} and ${of.customerId} = ${column('id', 'c')} limit 1) is true`,
    reads: 'index',
    source: { order: 'id', rows, carries: false, isExact: true, isListed: true },
    range: null,
  }
}

/** The ids of customers with a key that begins with a text. */
const beginning = (
  { tenant }: Scope,
  kind: Kind,
  start: string,
  { most, within }: Pick<Request, 'most' | 'within'>,
): Fragment =>
  sql`(select ${of.customerId} as id from find_key
    where ${of.tenant} = ${tenant} and ${of.kind} = ${kind} and ${of.value} like ${`${start.replace(/[\\%_]/g, '\\$&')}%`} and ${within(of.customerId)}
    order by ${of.value}, ${of.customerId} limit ${whole(most)})`

/** The ids of customers with a key that begins with any of these. @param isExact whether that is the condition, and not a part of it. */
export const beginningSource = (
  scope: Scope,
  kind: Kind,
  starts: readonly string[],
  isExact = true,
): Source => ({
  order: null,
  rows: (request) => {
    const all = unionOf(starts.map((start) => beginning(scope, kind, start, request)))
    return sql`select id from (${all}) k limit ${whole(request.most)}`
  },
  carries: false,
  isExact,
  isListed: true,
})

/** Whether `c` has an address `a` that passes a test. */
export const hasAddress = ({ tenant }: Scope, test: Fragment): Fragment =>
  sql`(select true from address a where a.${raw(addressColumns.tenant)} = ${tenant}
    and a.${raw(addressColumns.customerId)} = ${column('id', 'c')} and ${test} limit 1) is true`

/** Whether any key of a kind, which the address's fields have, begins with the text. */
export const begins = (kind: Kind, fields: readonly string[], start: string): Fragment => {
  const keys = fields.map((field) => `a.${addressColumns.keys} ->> '${field}'`)
  return sql`strpos(${raw(`concat_ws(E'\\n', '', ${keys.join(', ')})`)}, ${`\n${kind} ${start}`}) > 0`
}

/** The same for any of some texts, where the field has the name of the kind. */
export const beginsAny = (kind: Kind, starts: readonly string[]): Fragment =>
  either(starts.map((start) => begins(kind, [kind], start)))
