import * as z from 'zod'
import { viewShape } from '#db/field'
import { DeliveryResponse, deliveryFields, Failure } from './field.ts'

export { DeliveryStatus } from './field.ts'

export const Delivery = z.strictObject(viewShape(deliveryFields)).meta({ id: 'Delivery' })
export type Delivery = z.output<typeof Delivery>

export const WebhookTest = z
  .strictObject({
    delivered: z.boolean(),
    durationMs: z.int(),
    error: Failure.nullable(),
    response: DeliveryResponse.nullable(),
  })
  .meta({ id: 'WebhookTest' })
export type WebhookTest = z.output<typeof WebhookTest>
