import { type Fragment, joinFragments, rawFragment, sqlFragment } from '#db/fragment'
import { idFloor } from '#kernel/id'
import type { CustomerFilter } from '../filter.ts'
import { resolveMoment } from '../filter-moment.ts'
import type { SortColumn } from '../sort.ts'
import {
  type Condition,
  firstRowsOfScope,
  type IdSource,
  isWithinRange,
  type ListScope,
  type Range,
} from './condition.ts'
import {
  columnValueInPart,
  indexSkipsCustomersWithoutOrders,
  inPart,
} from './part-by-order-count.ts'
import {
  carriedColumns,
  columnFragments,
  columnFragment as columnOf,
  every,
  literalNumber,
  unionAllOf,
} from './sql.ts'

export function rangeConditions(scope: ListScope, filter: CustomerFilter, now: Date): Condition[] {
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
export function orderCountPartsOfFilter(filter: CustomerFilter): ('some' | 'none')[] {
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
    above: least === undefined ? [] : [sqlFragment`>= ${least}`],
    below: most === undefined ? [] : [sqlFragment`${rawFragment(below)} ${most}`],
  }
}

/** A customer without an order has not ordered before any moment. */
const withSome = (range: Range | null): Range | null =>
  range && { ...range, above: [...range.above, sqlFragment`> '-infinity'`] }

function toCondition(scope: ListScope, range: Range): Condition {
  return {
    holds: isWithinRange(range, columnOf(range.column, 'c')),
    reads: 'nothing',
    source: {
      ...(isNone(scope, range) ? withoutOrders(scope) : rowsOf(scope, range)),
      carries: true,
      isExact: true,
    },
    range,
  }
}

const isNone = ({ orders }: ListScope, { column }: Range): boolean =>
  column === 'orderCount' && orders.every((may) => may === 'none')

/** Customers without an order stand in the order of their ids. */
const withoutOrders = (scope: ListScope): Pick<IdSource, 'order' | 'rows'> => ({
  order: 'id',
  rows: ({ most, direction, within }) =>
    firstRowsOfScope(scope, {
      from: 'list_entry',
      select: columnFragments(carriedColumns),
      where: every([...inPart('none'), within(columnOf('id'))]),
      order: sqlFragment`${columnOf('id')} ${rawFragment(direction)}`,
      most: literalNumber(most),
    }),
})

const rowsOf = (scope: ListScope, range: Range): Pick<IdSource, 'order' | 'rows'> => ({
  order: indexSkipsCustomersWithoutOrders(range.column) ? null : range.column,
  rows: ({ most }) => rowsWithin(scope, range, most),
})

function rowsWithin(scope: ListScope, range: Range, most: number): Fragment {
  const parts = indexSkipsCustomersWithoutOrders(range.column) ? scope.orders : (['all'] as const)
  const rows = parts.map((part) => {
    const key = part === 'none' ? [] : [columnOf(range.column)]
    return firstRowsOfScope(scope, {
      from: 'list_entry',
      select: columnFragments(carriedColumns),
      where: every([...inPart(part), isWithinRange(range, columnValueInPart(part, range.column))]),
      order: joinFragments([...key, columnOf('id')], ', '),
      most: literalNumber(most),
    })
  })
  const [
    only = sqlFragment`select ${columnFragments(carriedColumns)} from list_entry where false`,
  ] = rows
  if (rows.length < 2) return only
  return sqlFragment`select * from (${unionAllOf(rows.map((part) => sqlFragment`(${part})`))}) r limit ${literalNumber(most)}`
}
