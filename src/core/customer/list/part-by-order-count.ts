import { type Fragment, rawFragment, sqlFragment } from '#db/fragment'
import { type ListPart, partsOfSortedList, type SortColumn, type SortKey } from '../sort.ts'
import type { ListScope } from './condition.ts'
import { type CustomerColumn, columnFragment } from './sql.ts'

const keptApart: readonly SortColumn[] = ['totalSpent', 'lastOrderKey']

/** Whether the index of a column has only customers with an order. Other customers are only in the index of `orderCount`. */
export const indexSkipsCustomersWithoutOrders = (name: SortColumn): boolean =>
  keptApart.includes(name)

/** Whether an entry is in a part that has an index of its own. */
export const inPart = (part: ListPart): Fragment[] =>
  part === 'all'
    ? []
    : [sqlFragment`${columnFragment('orderCount')} ${rawFragment(part === 'some' ? '> 0' : '= 0')}`]

/** The value of a column in a part: customers without orders have spent 0. */
export const columnValueInPart = (part: ListPart, name: CustomerColumn): Fragment =>
  part === 'none' ? rawFragment('0::bigint') : columnFragment(name)

/** The parts of a list that may have a match, in its order. */
export const listPartsThatMayMatch = (sort: SortKey, { orders }: ListScope): readonly ListPart[] =>
  sort.apart
    ? partsOfSortedList(sort).filter((part) => orders.some((may) => may === part))
    : partsOfSortedList(sort)
