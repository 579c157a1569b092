import * as z from 'zod'
import { type EventType, eventTypes } from './type.ts'

export const EventName = z.enum(Object.keys(eventTypes) as [EventType, ...EventType[]])

export const Event = z
  .strictObject({
    id: z.string().meta({ examples: ['evt_01jz5qk8f3e8ar1vp0h2n4x6ab'] }),
    type: EventName,
    timestamp: z.iso.datetime(),
    sequence: z.int().nullable().meta({
      description:
        'Rises by one per event of a customer, without a gap; null for what happens to none',
    }),
    actor: z.strictObject({ type: z.string(), id: z.string().nullable() }),
    requestId: z.string().nullable(),
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'Event' })
export type Event = z.output<typeof Event>
