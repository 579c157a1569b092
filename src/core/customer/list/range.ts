import { raw, sql } from '#db/fragment'
import { idFloor } from '#kernel/id'
import type { CustomerFilter } from '../filter.ts'
import { resolveMoment } from '../moment.ts'
import type { SortColumn } from '../sort.ts'
import { type Condition, inScope, type Range, type Scope, within } from './condition.ts'
import { carried, column as columnOf, columns, whole } from './sql.ts'

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
    withSome(from('lastOrderKey', iso(filter.lastOrderAfter), iso(filter.lastOrderBefore))),
    from('updatedAt', iso(filter.updatedAfter), iso(filter.updatedBefore)),
    from('totalSpent', minSpent, maxSpent, '<='),
    from('orderCount', minOrders, maxOrders, '<='),
  ]
  return all.flatMap((range) => (range === null ? [] : toCondition(scope, range)))
}

function from(column: SortColumn, least: unknown, most: unknown, below = '<'): Range | null {
  if (least === undefined && most === undefined) return null
  return {
    column,
    above: least === undefined ? [] : [sql`>= ${least}`],
    below: most === undefined ? [] : [sql`${raw(below)} ${most}`],
  }
}

/** Who never ordered has not ordered before any moment. */
const withSome = (range: Range | null): Range | null =>
  range && { ...range, above: [...range.above, sql`> '-infinity'`] }

function toCondition(scope: Scope, range: Range): Condition {
  const column = columnOf(range.column)
  return {
    holds: within(range, columnOf(range.column, 'c')),
    looks: 'nowhere',
    source: {
      order: range.column,
      rows: ({ most }) => sql`select ${columns(carried)} from customer
        where ${inScope(scope)} and ${within(range, column)} order by ${column}, ${columnOf('id')} limit ${whole(most)}`,
      carries: true,
    },
    range,
  }
}
