import * as z from 'zod'
import type { FieldsOf } from '#db/field'
import type { eventTable } from '#db/schema'
import { EventData } from './data.ts'
import { type EventType, eventTypeMeanings } from './type.ts'

/** By whom something was done: a service, a shopper, the system. */
export const EventActor = z.strictObject({ type: z.string(), id: z.string().nullable() })

export const EventName = z.enum(Object.keys(eventTypeMeanings) as [EventType, ...EventType[]])

/** An event as the feed shows it and as webhooks carry it. */
export const eventFields = {
  id: { column: 'id', view: z.string().meta({ examples: ['evt_01jz5qk8f3e8ar1vp0h2n4x6ab'] }) },
  type: { column: 'type', view: EventName },
  timestamp: { column: 'at', view: z.iso.datetime() },
  sequence: {
    column: 'sequence',
    view: z.int().nullable().meta({
      description:
        'Rises by one per event of a customer, without a gap; null for an event without a customer',
    }),
  },
  actor: {
    column: 'actor',
    view: EventActor,
  },
  requestId: { column: 'requestId', view: z.string().nullable() },
  data: { column: 'data', view: EventData },
} as const satisfies FieldsOf<typeof eventTable>
