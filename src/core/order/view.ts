import * as z from 'zod'
import { OrderId, OrderState } from './input.ts'

export const Order = z
  .strictObject({
    id: OrderId,
    customerId: z.string(),
    currency: z.string(),
    total: z.int().meta({ description: 'Minor units, before refunds' }),
    refunded: z.int(),
    state: OrderState,
    placedAt: z.iso.datetime(),
    version: z.int(),
    recordedAt: z.iso.datetime(),
  })
  .meta({ id: 'Order' })
export type Order = z.output<typeof Order>

export const RecordedOrder = z
  .strictObject({
    applied: z.boolean().meta({
      description: 'false: the ledger knew this version or a newer one, which is the one shown',
    }),
    ...Order.shape,
  })
  .meta({ id: 'RecordedOrder' })
export type RecordedOrder = z.output<typeof RecordedOrder>
