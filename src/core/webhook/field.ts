import * as z from 'zod'
import type { FieldsOf } from '#db/field'
import type { webhookTable } from '#db/schema'
import { deliveryErrors } from '#field/delivery'
import { optionalText } from '#kernel/text'

const Moment = z.iso.datetime().nullable()

/** What came of the latest attempt to deliver anything. */
const LastAttempt = z.strictObject({
  at: z.iso.datetime(),
  status: z.int().nullable(),
  error: z.enum(deliveryErrors).nullable(),
})
export type LastAttempt = z.output<typeof LastAttempt>

/** A webhook as the API shows it. Its secret is shown apart. */
export const webhookFields = {
  id: { column: 'id', view: z.string().meta({ examples: ['whk_01jz5qk8f3e8ar1vp0h2n4x6ab'] }) },
  url: { column: 'url', view: z.string() },
  events: { column: 'events', view: z.array(z.string()) },
  description: {
    column: 'description',
    view: z.string().nullable(),
    input: optionalText(500),
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
    view: Moment.meta({ description: 'Since when nothing has arrived' }),
  },
  lastAttempt: { view: LastAttempt.nullable() },
  previousSecretUntil: {
    column: 'previousSecretUntil',
    view: Moment.meta({
      description: 'After a rotation: how long the secret before signs too',
    }),
  },
  createdAt: { column: 'createdAt', view: z.iso.datetime() },
  updatedAt: { column: 'updatedAt', view: z.iso.datetime() },
} as const satisfies FieldsOf<typeof webhookTable>
