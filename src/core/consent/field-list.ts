import * as z from 'zod'
import type { FieldsOf } from '#db/field'
import type { consentTable } from '#db/schema'
import { optionalTextSchema } from '#kernel/text'

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

/** What a customer's answer says about itself, beside the purpose and the state. */
export const consentFields = {
  source: {
    column: 'source',
    view: z
      .string()
      .nullable()
      .meta({ description: 'The place of the question, in the shop’s words' }),
    input: optionalTextSchema(200).meta({
      description: 'The place of the question: a page, a form, a call',
    }),
  },
  textVersion: {
    column: 'textVersion',
    view: z.string().nullable().meta({ description: 'The text that the customer saw' }),
    input: optionalTextSchema(100).meta({
      description: 'The version of the text that the customer saw. Another version is a new record',
    }),
  },
} as const satisfies FieldsOf<typeof consentTable>
