import * as z from 'zod'
import type { FieldsOf } from '#db/field'
import type { deadLetterTable } from '#db/schema'

/** A dead letter as the API shows it, without the payload of its job. */
export const deadLetterFields = {
  id: { column: 'id', view: z.string().meta({ examples: ['dlt_01jz5qk8f3e8ar1vp0h2n4x6ab'] }) },
  queue: {
    column: 'queue',
    view: z.string().meta({
      description:
        'The queue that had the message; `customer-dead` if the queue itself gave up on it',
    }),
  },
  kind: {
    column: 'kind',
    view: z.string().meta({ description: '`unreadable` for a message that names no job' }),
  },
  message: {
    column: 'body',
    view: z.unknown().meta({
      description:
        'The message as it was in the queue. It is a text if JSON cannot express it or it is nested too deeply',
    }),
  },
  attempts: { column: 'attempts', view: z.int().meta({ description: 'Tries in that queue' }) },
  createdAt: { column: 'createdAt', view: z.iso.datetime() },
  replayedAt: { column: 'replayedAt', view: z.iso.datetime().nullable() },
} as const satisfies FieldsOf<typeof deadLetterTable>
