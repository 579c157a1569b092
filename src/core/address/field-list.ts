import * as z from 'zod'
import { type FieldsOf, viewShape } from '#db/field'
import type { addressTable } from '#db/schema'
import { OptionalPhone } from '#kernel/phone'
import { cleanTextSchema, optionalTextSchema } from '#kernel/text'
import { Country } from './country.ts'

const text = z.string().nullable()

/** A purpose that an address may be the default for. */
export const AddressPurpose = z.enum(['shipping', 'billing'], {
  error: 'Must be shipping or billing.',
})
export type AddressPurpose = z.output<typeof AddressPurpose>

/** An address as the API shows it. The customer's row says what it is the default for. */
export const addressFields = {
  id: { column: 'id', view: z.string().meta({ examples: ['addr_01jz5qk8f3e8ar1vp0h2n4x6ab'] }) },
  label: { column: 'label', view: text, input: optionalTextSchema(100) },
  firstName: { column: 'firstName', view: text, input: optionalTextSchema(100) },
  lastName: { column: 'lastName', view: text, input: optionalTextSchema(100) },
  company: { column: 'company', view: text, input: optionalTextSchema(200) },
  line1: { column: 'line1', view: z.string(), input: cleanTextSchema(200) },
  line2: { column: 'line2', view: text, input: optionalTextSchema(200) },
  city: { column: 'city', view: text, input: optionalTextSchema(100) },
  state: {
    column: 'state',
    view: text.meta({
      description:
        'In AU, CA and US, the code of the state. Elsewhere the state as it was written. The same state by code, ISO 3166-2 or name makes no second address',
    }),
    input: optionalTextSchema(100),
  },
  postalCode: {
    column: 'postalCode',
    view: text.meta({ description: 'As the country writes it: H2X 1Y4 for h2x1y4' }),
    input: optionalTextSchema(20),
  },
  country: {
    column: 'country',
    view: z.string().meta({ description: 'ISO 3166-1 alpha-2' }),
    input: Country,
  },
  phone: { column: 'phone', view: text, input: OptionalPhone },
  isDefault: {
    view: z.boolean().meta({ description: 'Whether it is the default for shipping' }),
  },
  defaultFor: { view: z.array(z.enum(['shipping', 'billing'])) },
} as const satisfies FieldsOf<typeof addressTable>

export const Address = z.strictObject(viewShape(addressFields)).meta({ id: 'Address' })
export type Address = z.output<typeof Address>
