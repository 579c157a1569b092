import { type Context, mustMatchShopper, read, type Versioned } from '#core/context'
import { Refusal } from '#kernel/error'
import * as query from './generated/query.ts'
import type { Address } from './view.ts'

/** An address of the customer, or of the survivor of its merge. Refuses `customer_not_found`, `address_not_found`. */
export async function findAddress(
  ctx: Context,
  customerId: string,
  id: string,
): Promise<Versioned<Address> & { readonly customerId: string }> {
  mustMatchShopper(ctx, customerId)
  const { rows } = await read(ctx, {
    rows: query.findAddress({ tenant: ctx.tenant, customerId, id }),
  })
  const [row] = rows
  if (row === undefined) throw new Refusal('customer_not_found')
  if (row.found === null || row.address === null) throw new Refusal('address_not_found')
  return { value: row.address, version: row.found.version, customerId: row.customerId }
}
