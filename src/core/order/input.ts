import * as z from 'zod'
import { idPattern } from '#kernel/id'

/** Minor units. So high that no order needs more, so low that a customer's sum stays an exact number in JavaScript. */
const MAX_AMOUNT = 1e13

const Amount = z
  .int({ error: 'Must be a whole number of minor units.' })
  .min(0, { error: 'Must not be negative.' })
  .max(MAX_AMOUNT, { error: 'Must be at most 10,000,000,000,000.' })

const ID = /^[\x21-\x7e]{1,100}$/

/** The shop's own: 1 to 100 visible ASCII characters. */
export const OrderId = z
  .string({ error: 'Must be text.' })
  .regex(ID, { error: 'Must be 1 to 100 visible ASCII characters.' })
  .meta({ examples: ['1001'] })

export const OrderState = z.enum(['paid', 'canceled'])

const order = {
  total: Amount.meta({ description: 'Minor units, before refunds', examples: [2500] }),
  refunded: Amount.default(0).meta({ description: 'Minor units, of `total`' }),
  currency: z
    .string({ error: 'Must be text.' })
    .regex(/^[A-Z]{3}$/, { error: 'Must be an ISO 4217 code such as USD.' })
    .meta({ examples: ['USD'] }),
  state: OrderState,
  placedAt: z.iso
    .datetime({ offset: true, error: 'Must be a date and time with a zone (RFC 3339).' })
    .overwrite((text) => new Date(text).toISOString())
    .meta({ examples: ['2024-06-01T08:00:00.000Z'] }),
  version: z
    .int({ error: 'Must be a whole number.' })
    .min(1, { error: 'Must be at least 1.' })
    .meta({ description: "The shop's own; it rises with every change, and the newest wins" }),
}

const refundsWhatWasPaid = ({ refunded, total }: { refunded: number; total: number }) =>
  refunded <= total

const refundsMore = {
  path: ['refunded'],
  error: 'Must be at most `total`.',
  params: { code: 'too_big' },
}

/** An order's present state. A canceled order counts for nothing, whatever was refunded of it. */
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

/** The same with whose it is, as the queue `customer-order` takes it (docs/order-queue.md). */
export const OrderMessage = z
  .strictObject({
    tenant: z.string(),
    customerId: z.string().regex(idPattern('customer')),
    orderId: OrderId,
    ...order,
  })
  .refine(refundsWhatWasPaid, refundsMore)
export type OrderMessage = z.output<typeof OrderMessage>
