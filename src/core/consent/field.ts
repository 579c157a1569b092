import * as z from 'zod'

/** What is agreed to, such as `marketing`. */
export const ConsentPurpose = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{0,39}$/, {
    error: 'Must be 1 to 40 lower-case letters, digits, _ and -, beginning with a letter.',
  })
  .meta({ examples: ['marketing'] })

export const ConsentState = z.enum(['granted', 'pending', 'withdrawn']).meta({
  description:
    'pending: the consent waits for the double opt-in by mail, and counts as not granted',
})
export type ConsentState = z.output<typeof ConsentState>
