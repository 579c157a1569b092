import type { ColumnsOf } from '#db/builder'
import { pick } from '#db/builder'
import { jsonbOf } from '#db/document'
import { selectionOf } from '#db/field'
import { rowFunction } from '#db/row-function'
import { customerTable, orderTable } from '#db/schema'
import { orderFields } from '../field.ts'

type Columns = ColumnsOf<typeof orderTable>

/** The field list of an order as a selection. */
export const orderSelection = <C extends Columns>(order: C) => selectionOf(orderFields, order, {})

/** An order as events and the answers of `record_orders` carry it. */
export const orderDocument = rowFunction('order_document', orderTable, (order) =>
  jsonbOf(orderSelection(order)),
)

/** The counters of a customer as one value, to be stored and compared. */
export const countersDocument = rowFunction('counters_document', customerTable, (customer) =>
  jsonbOf(pick(customer, 'orderCount', 'totalSpent', 'spent', 'lastOrderAt')),
)
