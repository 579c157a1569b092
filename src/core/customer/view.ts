import type { Versioned } from '#core/context'
import type { Customer } from '#field/customer'
import { Refusal } from '#kernel/error'

export { Customer, Status } from './field-list.ts'

/** A customer as a use case reads it. `mergedFrom`: the id in the request, if that customer was merged into this one. */
type CustomerDocument = {
  readonly version: number
  readonly mergedFrom: string | null
  readonly customer: Customer
}

/** Refuses `customer_not_found` when there is no row. */
export function toCustomer(row: CustomerDocument | null | undefined): Versioned<Customer> {
  if (!row) throw new Refusal('customer_not_found')
  const { version, mergedFrom, customer } = row
  return { version, value: mergedFrom === null ? customer : { ...customer, mergedFrom } }
}

/** The customer, and whether this request created it. */
export const toCreatedCustomer = (
  row: (CustomerDocument & { readonly created: boolean }) | undefined,
) => ({
  ...toCustomer(row),
  created: row?.created ?? false,
})
