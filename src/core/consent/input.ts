import * as z from 'zod'
import { PastedMailToken } from '#core/identity'
import { optionalText } from '#kernel/text'

export const SetConsent = z
  .strictObject({
    state: z.enum(['granted', 'withdrawn']),
    source: optionalText(200).optional().meta({
      description: 'The place of the question: a page, a form, a call',
    }),
    textVersion: optionalText(100).optional().meta({
      description: 'The version of the text that the customer saw. Another version is a new record',
    }),
  })
  .meta({
    id: 'SetConsent',
    examples: [{ state: 'granted', source: 'checkout', textVersion: '2026-05' }],
  })
export type SetConsent = z.output<typeof SetConsent>

export const ConfirmConsent = z
  .strictObject({ token: PastedMailToken })
  .meta({ id: 'ConfirmConsent', examples: [{ token: 'mt_…' }] })
export type ConfirmConsent = z.output<typeof ConfirmConsent>
