import * as z from 'zod'
import { Phone } from '#kernel/phone'
import { cleanText, optionalText } from '#kernel/text'
import { Country } from './country.ts'
import { addressProblems } from './rules.ts'

/** What an address may be the default for. */
export const Purpose = z.enum(['shipping', 'billing'], { error: 'Must be shipping or billing.' })
export type Purpose = z.output<typeof Purpose>

const optional = {
  label: optionalText(100),
  firstName: optionalText(100),
  lastName: optionalText(100),
  company: optionalText(200),
  line2: optionalText(200),
  city: optionalText(100),
  state: optionalText(100),
  postalCode: optionalText(20),
  phone: Phone.nullable(),
}

const wishes = {
  isDefault: z.boolean({ error: 'Must be true or false.' }).meta({
    description:
      'true: the default for shipping and billing, unless `defaultFor` names shipping and says which. false changes nothing: a default is given up only by making another address the default',
  }),
  defaultFor: z
    .array(Purpose, { error: 'Must be a list.' })
    .max(2, { error: 'Must have at most two items.' })
    .meta({ description: 'What it is to be the default for; what is not named changes nothing' }),
}

export const AddAddress = z
  .strictObject({
    line1: cleanText(200),
    country: Country,
    ...z.object({ ...optional, ...wishes }).partial().shape,
  })
  .superRefine((address, ctx) => {
    for (const { path, code, message } of addressProblems(address)) {
      ctx.addIssue({ code: 'custom', path: [path], message, params: { code } })
    }
  })
  .meta({
    id: 'AddAddress',
    examples: [
      {
        label: 'Home',
        line1: '123 Main St',
        city: 'San Francisco',
        state: 'CA',
        postalCode: '94102',
        country: 'US',
      },
    ],
  })
export type AddAddress = z.output<typeof AddAddress>

/** Absent: stays; null: is cleared. */
export const UpdateAddress = z
  .strictObject({
    line1: cleanText(200).optional(),
    country: Country.optional().meta({
      description:
        'ISO 3166-1 alpha-2. Another country clears the state and the postal code, unless they come with it',
    }),
    ...z.object({ ...optional, ...wishes }).partial().shape,
  })
  .meta({ id: 'UpdateAddress', examples: [{ line2: 'Apt 4', isDefault: true }] })
export type UpdateAddress = z.output<typeof UpdateAddress>

type Wishes = Pick<UpdateAddress, keyof typeof wishes>

/** What an address is to become the default for; what was read can be sent back without changing anything. */
export function wishedDefaults({ isDefault = false, defaultFor = [] }: Wishes): readonly Purpose[] {
  return isDefault && !defaultFor.includes('shipping') ? ['shipping', 'billing'] : defaultFor
}
