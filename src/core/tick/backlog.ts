import * as z from 'zod'
import type { RowOf } from '#db/use-case'
import type { findBacklog } from './query/backlog.ts'

export const Backlog = z
  .strictObject({
    clockSeconds: z.int().nullable().meta({
      description:
        'Seconds for which a task of the clock has been due, usually under 60; null: the clock has never run. Beyond 180 the cron does not run, or a task fails',
    }),
    waiting: z
      .array(
        z.strictObject({
          kind: z.string().meta({ examples: ['mail'] }),
          seconds: z.int(),
        }),
      )
      .meta({
        description:
          'Kinds of jobs that were not done within a minute of their message, with the age of the oldest one: `mail`, `announce` (events to webhooks), `merge` and others',
      }),
  })
  .meta({ id: 'Backlog' })
export type Backlog = z.output<typeof Backlog>

/** What a tenant waits for, by the rows that tell it. */
export const toBacklog = (rows: readonly RowOf<typeof findBacklog>[]): Backlog => ({
  clockSeconds: rows.find(({ kind }) => kind === null)?.seconds ?? null,
  waiting: rows.flatMap(({ kind, seconds }) => (kind === null ? [] : [{ kind, seconds }])),
})
