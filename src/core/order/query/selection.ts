import { jsonbOf } from '#db/document'
import { selectionOf } from '#db/field'
import { rowFunction } from '#db/row-function'
import { customerTable, orderTable } from '#db/schema'
import type { ColumnsOf } from '#db/statement-builders'
import { pick } from '#db/statement-builders'
import { orderFields } from '../field-list.ts'

type Columns = ColumnsOf<typeof orderTable>

/** The field list of an order as a selection. */
export const orderSelection = <C extends Columns>(order: C) => selectionOf(orderFields, order, {})

/** An order as events and the answers of `record_orders` carry it. */
export const orderDocument = rowFunction('order_document', orderTable, (order) =>
  jsonbOf(orderSelection(order)),
)

/** The counters of a customer as one value that can be stored and compared. */
export const countersDocument = rowFunction('counters_document', customerTable, (customer) =>
  jsonbOf(pick(customer, 'orderCount', 'totalSpent', 'spent', 'lastOrderAt')),
)
