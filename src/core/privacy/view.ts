import * as z from 'zod'

const Retention = z
  .strictObject({
    name: z.string().meta({ examples: ['event'] }),
    what: z.string().meta({ description: 'What is kept' }),
    days: z.int().nullable().meta({ description: 'For how many days; null: `until` says it' }),
    setting: z.string().nullable().meta({ description: 'The setting that says so' }),
    until: z.string().meta({ description: 'From when the days count, or what ends the period' }),
    task: z.string().nullable().meta({
      description: 'The task of the clock that deletes what is older, every night',
    }),
    nextRunAt: z.iso.datetime().nullable().meta({
      description: 'When the task runs next; a moment that is past: it is due, or at work',
    }),
  })
  .meta({ id: 'Retention' })
export type Retention = z.output<typeof Retention>

export const Retentions = z.strictObject({ data: z.array(Retention) }).meta({ id: 'Retentions' })
