import * as z from 'zod'
import { viewShape } from '#db/field'
import { Customer } from '#field/customer'
import { orderFields } from './field-list.ts'

export { Drift, Order } from './field-list.ts'

export const RecordedOrder = z
  .strictObject({
    applied: z.boolean().meta({
      description: 'false: the ledger already had this version or a newer one, which it shows',
    }),
    ...viewShape(orderFields),
  })
  .meta({ id: 'RecordedOrder' })
export type RecordedOrder = z.output<typeof RecordedOrder>

export const OrderWithCustomer = z
  .strictObject({
    ...viewShape(orderFields),
    customer: Customer.nullable().meta({ description: 'null: its data was erased' }),
  })
  .meta({ id: 'OrderWithCustomer' })
export type OrderWithCustomer = z.output<typeof OrderWithCustomer>
