import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Context, document, mayActFor, read } from '#core/context'
import { Refusal } from '#kernel/error'
import { Address } from './view.ts'

/** No customer has more (`max_addresses`), so that one page holds them all. */
const LIMIT = 100

export const AddressPage = z
  .strictObject({
    data: z.array(Address),
    pagination: z.strictObject({
      limit: z.int(),
      hasMore: z.boolean(),
      nextCursor: z.string().nullable(),
    }),
  })
  .meta({ id: 'AddressPage' })
export type AddressPage = z.output<typeof AddressPage>

type Found = { readonly customerId: string; readonly addresses: Address[] }

/** The addresses of the customer, or of the survivor it was merged into, oldest first. Refuses `customer_not_found`. */
export async function listAddresses(
  ctx: Context,
  customerId: string,
): Promise<AddressPage & { readonly customerId: string }> {
  mayActFor(ctx, customerId)
  const { found } = await read(ctx, {
    found: document<Found>(sql`address_list(${ctx.tenant}, ${customerId})`),
  })
  if (found === null) throw new Refusal('customer_not_found')
  return {
    customerId: found.customerId,
    data: found.addresses,
    pagination: { limit: LIMIT, hasMore: false, nextCursor: null },
  }
}
