import { type Context, mustMatchShopper, read, type Versioned } from '#core/context'
import * as query from './generated/query.ts'
import { type Customer, toCustomer } from './view.ts'

/** The customer, or the survivor of its merge. Refuses `customer_not_found`. */
export async function findCustomer(ctx: Context, id: string): Promise<Versioned<Customer>> {
  mustMatchShopper(ctx, id)
  const { tenant, settings } = ctx
  const { rows } = await read(ctx, {
    rows: query.findCustomer({ tenant, id, currency: settings.currency }),
  })
  return toCustomer(rows[0])
}
