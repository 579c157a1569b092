import { type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import type { Context, Versioned } from '#core/context'
import { Refusal } from '#kernel/error'

export const Address = z
  .strictObject({
    id: z.string().meta({ examples: ['addr_01jz5qk8f3e8ar1vp0h2n4x6ab'] }),
    label: z.string().nullable(),
    firstName: z.string().nullable(),
    lastName: z.string().nullable(),
    company: z.string().nullable(),
    line1: z.string(),
    line2: z.string().nullable(),
    city: z.string().nullable(),
    state: z.string().nullable(),
    postalCode: z.string().nullable(),
    country: z.string().meta({ description: 'ISO 3166-1 alpha-2' }),
    phone: z.string().nullable(),
    isDefault: z.boolean().meta({ description: 'Whether it is the default for shipping' }),
    defaultFor: z.array(z.enum(['shipping', 'billing'])),
  })
  .meta({ id: 'Address' })
export type Address = z.output<typeof Address>

/** What `address_document` makes: the version is for the ETag. */
export type AddressDocument = { readonly version: number; readonly address: Address }

export const addressDocument = (ctx: Context, customerId: string, id: string | SQL): SQL =>
  sql`address_document(${ctx.tenant}, ${customerId}, ${id})`

/** Refuses `address_not_found` for a document of nothing. */
export function toAddress(document: AddressDocument | null): Versioned<Address> {
  if (document === null) throw new Refusal('address_not_found')
  return { version: document.version, value: document.address }
}
