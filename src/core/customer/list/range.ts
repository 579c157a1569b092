import { raw, sql } from '#db/fragment'
import { idFloor } from '#kernel/id'
import type { CustomerFilter } from '../filter.ts'
import { resolveMoment } from '../moment.ts'
import type { SortColumn } from '../sort.ts'
import { type Condition, firstIn, type Range, type Scope, within } from './condition.ts'
import { carried, column as columnOf, columns, whole } from './sql.ts'

export function ranges(scope: Scope, filter: CustomerFilter, now: Date): Condition[] {
  const at = (moment: string | undefined) =>
    moment === undefined ? undefined : resolveMoment(moment, now)
  const iso = (moment: string | undefined) => at(moment)?.toISOString()
  // An id begins with the moment of its creation.
  const oldest = (moment: string | undefined) => {
    const date = at(moment)
    return date === undefined ? undefined : idFloor('customer', date)
  }
  const { minSpent, maxSpent } = filter
  const all = [
    from('id', oldest(filter.createdAfter), oldest(filter.createdBefore)),
    withSome(from('lastOrderKey', iso(filter.lastOrderAfter), iso(filter.lastOrderBefore))),
    from('updatedAt', iso(filter.updatedAfter), iso(filter.updatedBefore)),
    from('totalSpent', minSpent, maxSpent, '<='),
    from('orderCount', ...ordersOf(filter), '<='),
  ]
  return all.flatMap((range) => (range === null ? [] : toCondition(scope, range)))
}

/** The least and the most orders. */
function ordersOf(filter: CustomerFilter): [least: number | undefined, most: number | undefined] {
  const { minOrders, maxOrders, hasOrders } = filter
  if (hasOrders === undefined) return [minOrders, maxOrders]
  return hasOrders ? [Math.max(minOrders ?? 0, 1), maxOrders] : [minOrders, 0]
}

function from(column: SortColumn, least: unknown, most: unknown, below = '<'): Range | null {
  if (least === undefined && most === undefined) return null
  return {
    column,
    above: least === undefined ? [] : [sql`>= ${least}`],
    below: most === undefined ? [] : [sql`${raw(below)} ${most}`],
  }
}

/** A customer without an order has not ordered before any moment. */
const withSome = (range: Range | null): Range | null =>
  range && { ...range, above: [...range.above, sql`> '-infinity'`] }

function toCondition(scope: Scope, range: Range): Condition {
  const column = columnOf(range.column)
  return {
    holds: within(range, columnOf(range.column, 'c')),
    reads: 'nothing',
    source: {
      order: range.column,
      rows: ({ most }) =>
        firstIn(scope, {
          from: 'list_entry',
          select: columns(carried),
          where: within(range, column),
          order: sql`${column}, ${columnOf('id')}`,
          most: whole(most),
        }),
      carries: true,
      isExact: true,
    },
    range,
  }
}
