import * as z from 'zod'

export const DeadLetter = z
  .strictObject({
    id: z.string().meta({ examples: ['dlt_01jz5qk8f3e8ar1vp0h2n4x6ab'] }),
    queue: z.string(),
    kind: z.string().meta({ description: '`unreadable` for what names no job' }),
    message: z.unknown().meta({ description: 'The message as the queue gave it up' }),
    attempts: z.int(),
    createdAt: z.iso.datetime(),
    replayedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'DeadLetter' })
export type DeadLetter = z.output<typeof DeadLetter>
