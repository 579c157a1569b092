import * as z from 'zod'
import type { FieldsOf } from '#db/field'
import type { deliveryTable } from '#db/schema'
import { EventName } from '#field/event'

export const DeliveryStatus = z.enum(['pending', 'delivered', 'failed'])

export const deliveryErrors = [
  'status',
  'redirect',
  'timeout',
  'unreachable',
  'url_not_allowed',
] as const
export type DeliveryError = (typeof deliveryErrors)[number]

/** The reason why a message did not arrive. */
export const DeliveryFailure = z.enum(deliveryErrors).meta({
  description:
    '`status`: an answer other than 2xx; `redirect`: not followed; `unreachable`: no connection, or it broke; `url_not_allowed`: the URL, or an address that its name resolves to, is one that nothing is sent to',
})

/** An endpoint's answer, up to its first kilobyte. */
export const DeliveryResponse = z.strictObject({
  status: z.int(),
  body: z.string().nullable(),
  durationMs: z.int(),
})
export type DeliveryResponse = z.output<typeof DeliveryResponse>

const Moment = z.iso.datetime()

/** A delivery as the API shows it. */
export const deliveryFields = {
  id: { column: 'id', view: z.string().meta({ examples: ['dlv_01jz5qk8f3e8ar1vp0h2n4x6ab'] }) },
  webhookId: { column: 'webhookId', view: z.string() },
  eventId: { column: 'eventId', view: z.string().meta({ description: 'Sent as `webhook-id`' }) },
  /** The type of the event. */
  type: { view: EventName },
  status: { column: 'status', view: DeliveryStatus },
  attempts: { column: 'attempts', view: z.int() },
  /** Only of a pending delivery. */
  nextAttemptAt: { view: Moment.nullable() },
  attemptedAt: { column: 'attemptedAt', view: Moment.nullable() },
  error: { column: 'error', view: DeliveryFailure.nullable() },
  response: { view: DeliveryResponse.nullable() },
  createdAt: { column: 'createdAt', view: Moment },
  settledAt: { column: 'settledAt', view: Moment.nullable() },
} as const satisfies FieldsOf<typeof deliveryTable>
