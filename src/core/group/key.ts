import * as z from 'zod'

const KEY = /^[a-z0-9][a-z0-9_-]{0,63}$/

export const isGroupKey = (text: string): boolean => KEY.test(text)

export const GroupKey = z
  .string({ error: 'Must be text.' })
  .refine(isGroupKey, {
    error: 'Must be 1 to 64 of a-z, 0-9, _ and -, and begin with a letter or digit.',
    params: { code: 'invalid_group_key' },
  })
  .meta({ pattern: KEY.source, examples: ['vip'] })
export type GroupKey = z.output<typeof GroupKey>
