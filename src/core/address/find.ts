import { sql } from 'drizzle-orm'
import { type Context, document, mayActFor, read, type Versioned } from '#core/context'
import { Refusal } from '#kernel/error'
import { type Address, type AddressDocument, toAddress } from './view.ts'

type Found = { readonly customerId: string; readonly address: AddressDocument | null }

/** An address of the customer, or of the survivor it was merged into. Refuses `customer_not_found`, `address_not_found`. */
export async function findAddress(
  ctx: Context,
  customerId: string,
  id: string,
): Promise<Versioned<Address> & { readonly customerId: string }> {
  mayActFor(ctx, customerId)
  const { found } = await read(ctx, {
    found: document<Found>(
      sql`select json_build_object('customerId', c.id, 'address', address_document(${ctx.tenant}, c.id, ${id}))
        from visible_customer(${ctx.tenant}, ${customerId}) c where c.id is not null`,
    ),
  })
  if (found === null) throw new Refusal('customer_not_found')
  return { ...toAddress(found.address), customerId: found.customerId }
}
