import { type Fragment, join, raw, sql } from '#db/fragment'
import { idFloor } from '#kernel/id'
import type { CustomerFilter } from '../filter.ts'
import { resolveMoment } from '../moment.ts'
import type { SortColumn } from '../sort.ts'
import {
  type Condition,
  firstIn,
  type Range,
  type Scope,
  type Source,
  within,
} from './condition.ts'
import { inPart, isApart, valueIn } from './part.ts'
import { carried, column as columnOf, columns, every, unionOf, whole } from './sql.ts'

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
    from('orderCount', ...countsOf(filter), '<='),
  ]
  return all.flatMap((range) => (range === null ? [] : toCondition(scope, range)))
}

/** Whether those who match may have orders, and whether they may have none: a customer without orders has no last one, and has spent 0. */
export function ordersOf(filter: CustomerFilter): ('some' | 'none')[] {
  const [least = 0, most] = countsOf(filter)
  const { lastOrderAfter, lastOrderBefore, minSpent = 0 } = filter
  const needsSome = least > 0 || minSpent > 0 || (lastOrderAfter ?? lastOrderBefore) !== undefined
  return [...(most === 0 ? [] : ['some' as const]), ...(needsSome ? [] : ['none' as const])]
}

/** The least and the most orders. */
function countsOf(filter: CustomerFilter): [least: number | undefined, most: number | undefined] {
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
  return {
    holds: within(range, columnOf(range.column, 'c')),
    reads: 'nothing',
    source: {
      ...(isNone(scope, range) ? withoutOrders(scope) : rowsOf(scope, range)),
      carries: true,
      isExact: true,
    },
    range,
  }
}

const isNone = ({ orders }: Scope, { column }: Range): boolean =>
  column === 'orderCount' && orders.every((may) => may === 'none')

/** Customers without an order stand in the order of their ids. */
const withoutOrders = (scope: Scope): Pick<Source, 'order' | 'rows'> => ({
  order: 'id',
  rows: ({ most, direction, within }) =>
    firstIn(scope, {
      from: 'list_entry',
      select: columns(carried),
      where: every([...inPart('none'), within(columnOf('id'))]),
      order: sql`${columnOf('id')} ${raw(direction)}`,
      most: whole(most),
    }),
})

const rowsOf = (scope: Scope, range: Range): Pick<Source, 'order' | 'rows'> => ({
  order: isApart(range.column) ? null : range.column,
  rows: ({ most }) => rowsWithin(scope, range, most),
})

function rowsWithin(scope: Scope, range: Range, most: number): Fragment {
  const parts = isApart(range.column) ? scope.orders : (['all'] as const)
  const rows = parts.map((part) => {
    const key = part === 'none' ? [] : [columnOf(range.column)]
    return firstIn(scope, {
      from: 'list_entry',
      select: columns(carried),
      where: every([...inPart(part), within(range, valueIn(part, range.column))]),
      order: join([...key, columnOf('id')], ', '),
      most: whole(most),
    })
  })
  const [only = sql`select ${columns(carried)} from list_entry where false`] = rows
  if (rows.length < 2) return only
  return sql`select * from (${unionOf(rows.map((part) => sql`(${part})`))}) r limit ${whole(most)}`
}
