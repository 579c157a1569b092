import type { Versioned } from '#core/context'
import type { Address } from '#field/address'
import { Refusal } from '#kernel/error'

export { Address } from './field-list.ts'

type Found = { readonly version: number; readonly address: Address }

/** Refuses `address_not_found` when there is no row. */
export function toAddressOrRefuse(row: Found | undefined): Versioned<Address> {
  if (row === undefined) throw new Refusal('address_not_found')
  return { version: row.version, value: row.address }
}
