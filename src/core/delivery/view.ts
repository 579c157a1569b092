import * as z from 'zod'
import { EventName } from '#core/event'
import { deliveryErrors } from './send.ts'

export const DeliveryStatus = z.enum(['pending', 'delivered', 'failed'])

const Failure = z.enum(deliveryErrors).meta({
  description:
    '`status`: an answer other than 2xx; `redirect`: not followed; `unreachable`: no connection, or it broke',
})

/** What an endpoint answered; the first kilobyte of it. */
const DeliveryResponse = z.strictObject({
  status: z.int(),
  body: z.string().nullable(),
  durationMs: z.int(),
})

export const Delivery = z
  .strictObject({
    id: z.string().meta({ examples: ['dlv_01jz5qk8f3e8ar1vp0h2n4x6ab'] }),
    webhookId: z.string(),
    eventId: z.string().meta({ description: 'Sent as `webhook-id`' }),
    type: EventName,
    status: DeliveryStatus,
    attempts: z.int(),
    nextAttemptAt: z.iso.datetime().nullable(),
    attemptedAt: z.iso.datetime().nullable(),
    error: Failure.nullable(),
    response: DeliveryResponse.nullable(),
    createdAt: z.iso.datetime(),
    settledAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Delivery' })
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
