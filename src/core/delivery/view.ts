import * as z from 'zod'
import { viewsOf } from '#db/field'
import { DeliveryResponse, deliveryFields, Failure } from './field.ts'

export { DeliveryStatus } from './field.ts'

export const Delivery = z.strictObject(viewsOf(deliveryFields)).meta({ id: 'Delivery' })
export type Delivery = z.output<typeof Delivery>

export const Ping = z
  .strictObject({
    delivered: z.boolean(),
    durationMs: z.int(),
    error: Failure.nullable(),
    response: DeliveryResponse.nullable(),
  })
  .meta({ id: 'WebhookTest' })
export type Ping = z.output<typeof Ping>
