import * as z from 'zod'
import { type Context, servicesOnlyFieldsRefusal } from '#core/context'
import { inputShape } from '#db/field'
import { lengthAtMost } from '#kernel/length'
import { whenFieldsAreValid } from '#kernel/when-fields-are-valid'
import { addressProblems } from './address-problems.ts'
import { AddressPurpose, addressFields } from './field-list.ts'

const { line1, country, ...optional } = inputShape(addressFields)

/** What a caller says besides the address itself. */
const wishes = {
  isDefault: z.boolean({ error: 'Must be true or false.' }).meta({
    description:
      'true makes it the default for shipping and billing, unless `defaultFor` names the purposes. false changes nothing: to remove a default, make another address the default',
  }),
  defaultFor: z
    .array(AddressPurpose, { error: 'Must be a list.' })
    .check(lengthAtMost(2, { error: 'Must have at most two items.' }))
    .meta({ description: 'The purposes to become the default for; other defaults stay' }),
  imported: z.boolean({ error: 'Must be true or false.' }).meta({
    description:
      'true is for services only: the address comes from another system. Then only `line1` and `country` are required, and an unknown state or postal code is kept as it is. Otherwise city, state and postal code are required where the country needs them (a state in AU, BR, CA, CN, ES, IN, IT, JP, MX, TW and US)',
  }),
}

export const AddAddress = z
  .strictObject({
    line1,
    country,
    ...z.object({ ...optional, ...wishes }).partial().shape,
  })
  .superRefine(
    (address, ctx) => {
      if (address.imported) return
      for (const { path, code, message } of addressProblems(address)) {
        ctx.addIssue({ code: 'custom', path: [path], message, params: { code } })
      }
    },
    { when: whenFieldsAreValid('line1', 'city', 'state', 'postalCode', 'country', 'imported') },
  )
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

/** An absent field stays as it is; null clears it. */
export const UpdateAddress = z
  .strictObject({
    line1: line1.optional(),
    country: country.optional().meta({
      description:
        'ISO 3166-1 alpha-2. Another country clears the state and the postal code, unless they come with it',
    }),
    ...z.object({ ...optional, ...wishes }).partial().shape,
  })
  .meta({ id: 'UpdateAddress', examples: [{ line2: 'Apt 4', isDefault: true }] })
export type UpdateAddress = z.output<typeof UpdateAddress>

type Wishes = Pick<UpdateAddress, 'isDefault' | 'defaultFor'>

/** The purposes that an address is to become the default for. A document that was read can be sent back without a change. */
function wishedDefaults({ isDefault = false, defaultFor = [] }: Wishes): readonly AddressPurpose[] {
  return isDefault && !defaultFor.includes('shipping') ? ['shipping', 'billing'] : defaultFor
}

/** For each default: the id of the address if the caller wants it to become that default, else null. */
export function wishedDefaultIds(id: string, wishes: Wishes) {
  const purposes = wishedDefaults(wishes)
  const wished = (purpose: AddressPurpose) => (purposes.includes(purpose) ? id : null)
  return { shipping: wished('shipping'), billing: wished('billing') }
}

/**
 * Refuses `caller_not_allowed` if a shopper or a storefront sends `imported`: people can be asked for the missing fields. @param path of the field in the body.
 */
export function refuseImportByPerson(
  { actor }: Context,
  { imported }: Pick<UpdateAddress, 'imported'>,
  path = 'imported',
): void {
  const isPerson = actor.type === 'shopper' || actor.type === 'storefront'
  if (imported && isPerson) throw servicesOnlyFieldsRefusal([path])
}
