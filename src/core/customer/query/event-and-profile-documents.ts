import { jsonbOf } from '#db/document'
import { fieldsWithPolicy, selectionOf } from '#db/field'
import { rowFunction } from '#db/row-function'
import { customerTable } from '#db/schema'
import { customerFields } from '../field-list.ts'
import { eventCustomerSelection } from './selection.ts'

/** The customer as its events carry it. */
export const eventCustomerDocument = rowFunction(
  'event_customer_document',
  customerTable,
  (customer) => jsonbOf(eventCustomerSelection(customer)),
)

/** The fields of a customer that a merge may fill. */
export const profileDocument = rowFunction('profile_document', customerTable, (customer) =>
  jsonbOf(selectionOf(fieldsWithPolicy(customerFields, { merge: 'fill' }), customer, {})),
)
