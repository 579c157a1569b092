import * as z from 'zod'
import { type FieldsOf, viewShape } from '#db/field'
import type { erasureTable } from '#db/schema'
import { EventActor } from '#field/event'

export const ErasureReason = z.enum(['requested', 'retention', 'court', 'other'])
const Moment = z.iso.datetime()

/** A webhook that has been told of an erasure. */
export const ErasureReceiver = z.strictObject({
  webhookId: z.string(),
  host: z.string().meta({ description: 'The host of its URL' }),
  status: z.enum(['pending', 'delivered', 'failed']).meta({
    description:
      '`delivered`: the webhook answered 2xx. This proves that it received the event, not that it deleted the data',
  }),
  deliveredAt: Moment.nullable(),
})
export type ErasureReceiver = z.output<typeof ErasureReceiver>

/** The receipt of an erasure. */
export const erasureFields = {
  id: { column: 'id', view: z.string().meta({ examples: ['ers_01jz5qk8f3e8ar1vp0h2n4x6ab'] }) },
  customerId: { column: 'customerId', view: z.string() },
  mergedIds: {
    view: z.array(z.string()).meta({
      description: 'The customers that were merged into it or into its guests',
    }),
  },
  guestIds: {
    column: 'guestIds',
    view: z.array(z.string()).meta({
      description: 'The guests of its address, which was verified and claimed',
    }),
  },
  state: {
    column: 'state',
    view: z.enum(['running', 'done']).meta({
      description: 'running: the customer is erased, and jobs empty the rest of a long history',
    }),
  },
  reason: { column: 'reason', view: ErasureReason },
  actor: { column: 'actor', view: EventActor },
  requestId: { column: 'requestId', view: z.string().nullable() },
  erasedAt: { column: 'createdAt', view: Moment },
  finishedAt: { column: 'finishedAt', view: Moment.nullable() },
  webhooks: { view: z.array(ErasureReceiver) },
} as const satisfies FieldsOf<typeof erasureTable>

export const Erasure = z.strictObject(viewShape(erasureFields)).meta({ id: 'Erasure' })
export type Erasure = z.output<typeof Erasure>
