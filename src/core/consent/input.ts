import * as z from 'zod'
import { PastedMailToken } from '#core/identity'
import { inputShape } from '#db/field'
import { consentFields } from './field-list.ts'

export const SetConsent = z
  .strictObject({
    state: z.enum(['granted', 'withdrawn']),
    ...z.object(inputShape(consentFields)).partial().shape,
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
