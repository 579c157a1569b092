import * as z from 'zod'
import { type FieldsOf, fieldNames, fieldsWithPolicy, viewShape } from '#db/field'
import type { customerTable } from '#db/schema'
import { Address } from '#field/address'
import { ConsentState } from '#field/consent'
import { OptionalPhone } from '#kernel/phone'
import { optionalTextSchema } from '#kernel/text'
import { Email } from './email.ts'
import { OptionalLocale } from './locale.ts'
import { Metadata } from './metadata.ts'

/** The statuses that readers see; `deleted` customers are hidden. */
export const Status = z.enum(['guest', 'unverified', 'active', 'disabled', 'merged', 'erased'])
export type Status = z.output<typeof Status>

const Moment = z.iso.datetime().meta({ examples: ['2024-06-01T08:00:00.000Z'] })
const text = z.string().nullable()

/** The rules of a profile field: shoppers may write it, and a merge may fill it. */
const profile = { merge: 'fill', claim: 'drop', event: true, shopper: true } as const

/** A customer as the API shows it. */
export const customerFields = {
  id: {
    column: 'id',
    view: z.string().meta({ examples: ['cust_01jz5qk8f3e8ar1vp0h2n4x6ab'] }),
    event: true,
  },
  externalId: {
    column: 'externalId',
    view: text,
    input: optionalTextSchema(200),
    merge: 'fill',
    event: true,
  },
  email: { column: 'email', view: z.string(), input: Email, event: true },
  firstName: { column: 'firstName', view: text, input: optionalTextSchema(100), ...profile },
  lastName: { column: 'lastName', view: text, input: optionalTextSchema(100), ...profile },
  phone: { column: 'phone', view: text, input: OptionalPhone, ...profile },
  locale: { column: 'locale', view: text, input: OptionalLocale, ...profile },
  status: { view: Status, event: true },
  emailVerified: { view: z.boolean(), event: true },
  addresses: {
    view: z.array(Address).meta({ description: 'Oldest first, here and in every list' }),
  },
  groups: { column: 'groupKeys', view: z.array(z.string()), event: true },
  metadata: {
    column: 'metadata',
    view: z.record(z.string(), z.string()),
    input: Metadata,
    claim: 'drop',
    shopper: true,
  },
  consents: {
    column: 'consents',
    view: z.record(z.string(), ConsentState).meta({
      description: 'The present state of each purpose that the customer was asked about',
    }),
    event: true,
  },
  orderCount: {
    column: 'orderCount',
    view: z.int().meta({ description: 'Orders that are not canceled, in every currency' }),
  },
  totalSpent: {
    column: 'totalSpent',
    view: z.int().meta({ description: 'Minor units of `currency`' }),
  },
  currency: { view: z.string() },
  spent: {
    view: z.array(z.strictObject({ currency: z.string(), amount: z.int(), orders: z.int() })),
  },
  lastOrderAt: { column: 'lastOrderAt', view: Moment.nullable() },
  createdAt: { column: 'createdAt', view: Moment, event: true },
  updatedAt: { column: 'updatedAt', view: Moment, event: true },
} as const satisfies FieldsOf<typeof customerTable>

/** The fields that shoppers may write. */
export const shopperWritableFields = fieldNames(fieldsWithPolicy(customerFields, { shopper: true }))

/** The fields that a merge fills where the survivor has no value. */
export const fieldsFilledByMerge = fieldNames(fieldsWithPolicy(customerFields, { merge: 'fill' }))

export const Customer = z
  .strictObject({
    ...viewShape(customerFields),
    mergedFrom: z.string().optional().meta({
      description: 'The id in the request, if that customer was merged into this one',
    }),
  })
  .meta({ id: 'Customer' })
export type Customer = z.output<typeof Customer>
