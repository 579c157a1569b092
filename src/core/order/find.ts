import { type Context, mustHaveScope, read } from '#core/context'
import { Refusal } from '#kernel/error'
import * as query from './generated/query.ts'
import type { OrderWithCustomer } from './view.ts'

type Found = {
  readonly value: OrderWithCustomer
  /** The customer's id and version, also when its data was erased. */
  readonly customer: { readonly id: string; readonly version: number }
}

/** An order with its customer. Refuses `order_not_found`, also when the customer is deleted. */
export async function findOrderWithCustomer(ctx: Context, id: string): Promise<Found> {
  mustHaveScope(ctx, 'customer:read')
  const { tenant, settings } = ctx
  const { rows } = await read(ctx, {
    rows: query.findOrderWithCustomer({ tenant, id, currency: settings.currency }),
  })
  const [row] = rows
  if (row === undefined) throw new Refusal('order_not_found')
  const { order, customer, isErased, version } = row
  return {
    value: { ...order, customer: isErased ? null : customer },
    customer: { id: customer.id, version },
  }
}
