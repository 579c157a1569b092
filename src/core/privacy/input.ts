import * as z from 'zod'
import { Password } from '#core/customer'
import { ErasureReason } from './field-list.ts'

export const EraseCustomer = z
  .strictObject({
    reason: ErasureReason.optional().meta({ description: '`requested` without one' }),
    currentPassword: Password.optional().meta({
      description:
        'Required from shoppers, unless the session has a proof that is younger than ten minutes',
    }),
  })
  .meta({ id: 'EraseCustomer', examples: [{ reason: 'requested' }] })
export type EraseCustomer = z.output<typeof EraseCustomer>
