import * as z from 'zod'

const Retention = z
  .strictObject({
    name: z.string().meta({ examples: ['event'] }),
    what: z.string().meta({ description: 'What is kept' }),
    days: z.int().nullable().meta({ description: 'The number of days; null: see `until`' }),
    setting: z.string().nullable().meta({ description: 'The setting that defines the days' }),
    until: z.string().meta({ description: 'The start of the days, or the end of the period' }),
    task: z.string().nullable().meta({
      description: 'The nightly task of the clock that deletes older data',
    }),
    nextRunAt: z.iso.datetime().nullable().meta({
      description: 'The next run of the task. If it is in the past, the task is due or running',
    }),
  })
  .meta({ id: 'Retention' })
export type Retention = z.output<typeof Retention>

export const Retentions = z.strictObject({ data: z.array(Retention) }).meta({ id: 'Retentions' })
