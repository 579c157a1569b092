import { type Fragment, raw, sql } from '#db/fragment'
import { type Part, partsOf, type SortColumn, type SortKey } from '../sort.ts'
import type { Scope } from './condition.ts'
import { type CustomerColumn, column } from './sql.ts'

const keptApart: readonly SortColumn[] = ['totalSpent', 'lastOrderKey']

/** Whether the index of a column has only customers with an order. The others are in the index of the number of orders. */
export const isApart = (name: SortColumn): boolean => keptApart.includes(name)

/** Whether an entry is in a part that has an index of its own. */
export const inPart = (part: Part): Fragment[] =>
  part === 'all' ? [] : [sql`${column('orderCount')} ${raw(part === 'some' ? '> 0' : '= 0')}`]

/** The value of a column in a part: customers without orders have spent 0. */
export const valueIn = (part: Part, name: CustomerColumn): Fragment =>
  part === 'none' ? raw('0::bigint') : column(name)

/** The parts of a list that may have a match, in its order. */
export const partsOfList = (sort: SortKey, { orders }: Scope): readonly Part[] =>
  sort.apart ? partsOf(sort).filter((part) => orders.some((may) => may === part)) : partsOf(sort)
