import * as z from 'zod'
import { AddAddress } from '#core/address'
import { CreateCustomer } from '#core/customer'

const { email, firstName, lastName, phone, locale } = CreateCustomer.shape

export const CreateGuest = z
  .strictObject({ email, firstName, lastName, phone, locale, address: AddAddress.optional() })
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
