import * as z from 'zod'
import type { FieldsOf } from '#db/field'
import type { webhookTable } from '#db/schema'
import { deliveryErrors } from '#field/delivery'
import { optionalTextSchema } from '#kernel/text'

const Moment = z.iso.datetime().nullable()

/** The result of the latest attempt to deliver. */
const LastAttempt = z.strictObject({
  at: z.iso.datetime(),
  status: z.int().nullable(),
  error: z.enum(deliveryErrors).nullable(),
})
export type LastAttempt = z.output<typeof LastAttempt>

/** A webhook as the API shows it, without its secret. */
export const webhookFields = {
  id: { column: 'id', view: z.string().meta({ examples: ['whk_01jz5qk8f3e8ar1vp0h2n4x6ab'] }) },
  url: {
    column: 'url',
    view: z.string().meta({ description: 'As the URL parser writes it, without a fragment' }),
  },
  events: { column: 'events', view: z.array(z.string()) },
  description: {
    column: 'description',
    view: z.string().nullable(),
    input: optionalTextSchema(500),
  },
  status: { column: 'status', view: z.enum(['enabled', 'disabled']) },
  disabledReason: {
    column: 'disabledReason',
    view: z.enum(['asked', 'failing', 'gone']).nullable().meta({
      description:
        '`asked`: by PATCH; `failing`: nothing arrived for five days; `gone`: it answered 410',
    }),
  },
  failingSince: {
    column: 'failingSince',
    view: Moment.meta({ description: 'The first failure since the last delivery that arrived' }),
  },
  lastAttempt: { view: LastAttempt.nullable() },
  previousSecretUntil: {
    column: 'previousSecretUntil',
    view: Moment.meta({
      description: 'After a rotation: the time until which the previous secret signs too',
    }),
  },
  createdAt: { column: 'createdAt', view: z.iso.datetime() },
  updatedAt: { column: 'updatedAt', view: z.iso.datetime() },
} as const satisfies FieldsOf<typeof webhookTable>
