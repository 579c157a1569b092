import type { Versioned } from '#core/context'
import type { Customer } from '#field/customer'
import { Refusal } from '#kernel/error'

export { Customer, Status } from './field.ts'

/** A customer as a use case reads it. `mergedFrom`: the id that was asked for, when that customer was merged into this one. */
type CustomerDocument = {
  readonly version: number
  readonly mergedFrom: string | null
  readonly customer: Customer
}

/** Refuses `customer_not_found` for no row. */
export function toCustomer(row: CustomerDocument | null | undefined): Versioned<Customer> {
  if (!row) throw new Refusal('customer_not_found')
  const { version, mergedFrom, customer } = row
  return { version, value: mergedFrom === null ? customer : { ...customer, mergedFrom } }
}

/** What is there now, and whether it was made for this request. */
export const toCreated = (row: (CustomerDocument & { readonly created: boolean }) | undefined) => ({
  ...toCustomer(row),
  created: row?.created ?? false,
})
