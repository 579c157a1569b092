import { type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import { Address } from '#core/address'
import type { Context, Versioned } from '#core/context'
import { Refusal } from '#kernel/error'

/** What a reader may see a customer in; `deleted` is seen by nobody. */
export const Status = z.enum(['guest', 'unverified', 'active', 'disabled', 'merged', 'erased'])
export type Status = z.output<typeof Status>

const Moment = z.iso.datetime().meta({ examples: ['2024-06-01T08:00:00.000Z'] })

export const Customer = z
  .strictObject({
    id: z.string().meta({ examples: ['cust_01jz5qk8f3e8ar1vp0h2n4x6ab'] }),
    externalId: z.string().nullable(),
    email: z.string(),
    firstName: z.string().nullable(),
    lastName: z.string().nullable(),
    phone: z.string().nullable(),
    locale: z.string().nullable(),
    status: Status,
    emailVerified: z.boolean(),
    addresses: z.array(Address),
    groups: z.array(z.string()),
    metadata: z.record(z.string(), z.string()),
    orderCount: z.int().meta({ description: 'Orders that are not canceled, in every currency' }),
    totalSpent: z.int().meta({ description: 'Minor units of `currency`' }),
    currency: z.string(),
    spent: z.array(z.strictObject({ currency: z.string(), amount: z.int(), orders: z.int() })),
    lastOrderAt: Moment.nullable(),
    createdAt: Moment,
    updatedAt: Moment,
    mergedFrom: z.string().optional().meta({
      description: 'The id that was asked for, when that customer was merged into this one',
    }),
  })
  .meta({ id: 'Customer' })
export type Customer = z.output<typeof Customer>

/** What `customer_document` makes: the version is for the ETag. */
export type CustomerDocument = {
  readonly version: number
  readonly mergedFrom: string | null
  readonly customer: Customer
}

export const customerDocument = (ctx: Context, id: string | SQL): SQL =>
  sql`customer_document(${ctx.tenant}, ${id}, ${ctx.settings.currency})`

/** Refuses `customer_not_found` for a document of nothing. */
export function toCustomer(document: CustomerDocument | null): Versioned<Customer> {
  if (document === null) throw new Refusal('customer_not_found')
  const { version, mergedFrom, customer } = document
  return { version, value: mergedFrom === null ? customer : { ...customer, mergedFrom } }
}

/** What is there now, and whether it was made for this request: of a call that gives `document` and `created`. */
export const foundDocument = sql`json_build_object('customer', document, 'created', created)`
export type FoundCustomer = { readonly customer: CustomerDocument; readonly created: boolean }

export const toFoundCustomer = ({ customer, created }: FoundCustomer) => ({
  ...toCustomer(customer),
  created,
})
