import { type Context, document, mayActFor, read, type Versioned } from '#core/context'
import { type Customer, type CustomerDocument, customerDocument, toCustomer } from './view.ts'

/** The customer, or the survivor it was merged into. Refuses `customer_not_found`. */
export async function findCustomer(ctx: Context, id: string): Promise<Versioned<Customer>> {
  mayActFor(ctx, id)
  const { customer } = await read(ctx, {
    customer: document<CustomerDocument>(customerDocument(ctx, id)),
  })
  return toCustomer(customer)
}
