import * as z from 'zod'
import { viewShape } from '#db/field'
import { DeliveryFailure, DeliveryResponse, deliveryFields } from './field-list.ts'

export { DeliveryStatus } from './field-list.ts'

export const Delivery = z.strictObject(viewShape(deliveryFields)).meta({ id: 'Delivery' })
export type Delivery = z.output<typeof Delivery>

export const WebhookTest = z
  .strictObject({
    delivered: z.boolean(),
    durationMs: z.int(),
    error: DeliveryFailure.nullable(),
    response: DeliveryResponse.nullable(),
  })
  .meta({ id: 'WebhookTest' })
export type WebhookTest = z.output<typeof WebhookTest>
