import * as z from 'zod'
import { inputShape } from '#db/field'
import { idPattern } from '#kernel/id'
import { whenFieldsAreValid } from '#kernel/when-fields-are-valid'
import { OrderId, orderFields } from './field-list.ts'

export { OrderId, OrderState } from './field-list.ts'

const { total, refunded, ...others } = inputShape(orderFields)
const order = { total, refunded, ...others }

const refundsWhatWasPaid = ({ refunded, total }: { refunded: number; total: number }) =>
  refunded <= total

const refundsMore = {
  when: whenFieldsAreValid('total', 'refunded'),
  path: ['refunded'],
  error: 'Must be at most `total`.',
  params: { code: 'too_big' },
}

/** An order's present state. A canceled order does not count, regardless of its refunds. */
export const RecordOrder = z
  .strictObject(order)
  .refine(refundsWhatWasPaid, refundsMore)
  .meta({
    id: 'RecordOrder',
    examples: [
      {
        total: 2500,
        refunded: 0,
        currency: 'USD',
        state: 'paid',
        placedAt: '2024-06-01T08:00:00Z',
        version: 1,
      },
    ],
  })
export type RecordOrder = z.output<typeof RecordOrder>

/** `RecordOrder` with the customer's id, as the queue `customer-order` takes it (docs/order-queue.md). */
export const OrderMessage = z
  .strictObject({
    tenant: z.string(),
    customerId: z.string().regex(idPattern('customer'), { error: "Must be a customer's id." }),
    orderId: OrderId,
    ...order,
  })
  .refine(refundsWhatWasPaid, refundsMore)
export type OrderMessage = z.output<typeof OrderMessage>

/** The order in a message; null when it has none. */
export const readOrderMessage = (body: unknown): OrderMessage | null =>
  OrderMessage.safeParse(body).data ?? null
