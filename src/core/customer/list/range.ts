import { sql } from 'drizzle-orm'
import { idFloor } from '#kernel/id'
import type { CustomerFilter } from '../filter.ts'
import { resolveMoment } from '../moment.ts'
import { type Condition, inScope, type Range, type Scope, within } from './condition.ts'
import { carried, columns, whole } from './sql.ts'

export function ranges(scope: Scope, filter: CustomerFilter, now: Date): Condition[] {
  const at = (moment: string | undefined) =>
    moment === undefined ? undefined : resolveMoment(moment, now)
  const iso = (moment: string | undefined) => at(moment)?.toISOString()
  // An id begins with the moment that it was made at.
  const oldest = (moment: string | undefined) => {
    const date = at(moment)
    return date === undefined ? undefined : idFloor('customer', date)
  }
  const { minOrders, maxOrders, minSpent, maxSpent } = filter
  const all = [
    from('id', oldest(filter.createdAfter), oldest(filter.createdBefore)),
    withSome(from('last_order_key', iso(filter.lastOrderAfter), iso(filter.lastOrderBefore))),
    from('updated_at', iso(filter.updatedAfter), iso(filter.updatedBefore)),
    from('total_spent', minSpent, maxSpent, '<='),
    from('order_count', minOrders, maxOrders, '<='),
  ]
  return all.flatMap((range) => (range === null ? [] : toCondition(scope, range)))
}

function from(column: string, least: unknown, most: unknown, below = '<'): Range | null {
  if (least === undefined && most === undefined) return null
  return {
    column,
    above: least === undefined ? [] : [sql`>= ${least}`],
    below: most === undefined ? [] : [sql`${sql.raw(below)} ${most}`],
  }
}

/** Who never ordered has not ordered before any moment. */
const withSome = (range: Range | null): Range | null =>
  range && { ...range, above: [...range.above, sql`> '-infinity'`] }

function toCondition(scope: Scope, range: Range): Condition {
  const column = sql.raw(range.column)
  return {
    holds: within(range, sql`c.${column}`),
    looks: 'nowhere',
    source: {
      order: range.column,
      rows: ({ most }) => sql`select ${columns(carried)} from customer
        where ${inScope(scope)} and ${within(range, column)} order by ${column}, id limit ${whole(most)}`,
      carries: true,
    },
    range,
  }
}
