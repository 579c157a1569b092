import * as z from 'zod'
import { AddAddress } from '#core/address'
import { inputShape } from '#db/field'
import { guestFields } from './field-list.ts'

const { email, ...profile } = inputShape(guestFields)

export const CreateGuest = z
  .strictObject({ email, ...z.object(profile).partial().shape, address: AddAddress.optional() })
  .meta({
    id: 'CreateGuest',
    examples: [
      {
        email: 'jane@example.com',
        firstName: 'Jane',
        lastName: 'Doe',
        address: {
          line1: '123 Main St',
          city: 'San Francisco',
          state: 'CA',
          postalCode: '94102',
          country: 'US',
        },
      },
    ],
  })
export type CreateGuest = z.output<typeof CreateGuest>
