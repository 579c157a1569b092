import * as z from 'zod'
import { type FieldsOf, viewShape } from '#db/field'
import type { driftTable, orderTable } from '#db/schema'
import { Currency } from '#kernel/currency'
import { Moment } from '#kernel/moment'

/** The largest amount in minor units. With it, a customer's sum stays an exact number in JavaScript. */
const MAX_AMOUNT = 1e13

const WHOLE = 'Must be a whole number of minor units.'
const Amount = z
  .int({ error: ({ code }) => (code === 'invalid_type' ? WHOLE : undefined) })
  .min(0, { error: 'Must not be negative.' })
  .max(MAX_AMOUNT, { error: 'Must be at most 10,000,000,000,000.' })

const ID = /^[\x21-\x7e]{1,100}$/

/** The shop's own id: 1 to 100 visible ASCII characters. */
export const OrderId = z
  .string({ error: 'Must be text.' })
  .regex(ID, { error: 'Must be 1 to 100 visible ASCII characters.' })
  .meta({ examples: ['1001'] })

export const OrderState = z.enum(['paid', 'canceled'], {
  error: 'Must be `paid` or `canceled`. A refund changes `refunded`, and the order stays `paid`.',
})

/** An order as the API shows it. */
export const orderFields = {
  id: { column: 'id', view: OrderId },
  customerId: { column: 'customerId', view: z.string() },
  currency: {
    column: 'currency',
    view: z.string(),
    input: Currency,
  },
  total: {
    column: 'gross',
    view: z.int().meta({ description: 'Minor units, before refunds' }),
    input: Amount.meta({ description: 'Minor units, before refunds', examples: [2500] }),
  },
  refunded: {
    column: 'refunded',
    view: z.int(),
    input: Amount.default(0).meta({ description: 'Minor units, of `total`' }),
  },
  state: { column: 'state', view: OrderState, input: OrderState },
  placedAt: {
    column: 'placedAt',
    view: z.iso.datetime(),
    input: Moment.meta({
      description: 'The time of the order, at most a day after now, because clocks differ',
    }),
  },
  version: {
    column: 'version',
    view: z.int(),
    input: z.int().min(1).meta({
      description: 'A number of the shop that rises with every change. The newest version wins',
    }),
  },
  recordedAt: { column: 'updatedAt', view: z.iso.datetime() },
} as const satisfies FieldsOf<typeof orderTable>

export const Order = z.strictObject(viewShape(orderFields)).meta({ id: 'Order' })
export type Order = z.output<typeof Order>

const Counters = z.strictObject({
  orderCount: z.int(),
  totalSpent: z.int(),
  spent: z.record(z.string(), z.strictObject({ amount: z.int(), orders: z.int() })),
  lastOrderAt: z.iso.datetime().nullable(),
})

/** Counters that were wrong, as the API shows them. */
export const driftFields = {
  customerId: { column: 'customerId', view: z.string() },
  counted: {
    column: 'counted',
    view: Counters.meta({ description: 'The wrong counters' }),
  },
  ledger: {
    column: 'ledger',
    view: Counters.meta({
      description: 'The corrected counters',
    }),
  },
  mendedAt: { column: 'createdAt', view: z.iso.datetime() },
} as const satisfies FieldsOf<typeof driftTable>

export const Drift = z.strictObject(viewShape(driftFields)).meta({ id: 'Drift' })
export type Drift = z.output<typeof Drift>
