import { sql } from 'drizzle-orm'
import { selectionOf } from '#db/field'
import type { addressTable, customerTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import type { ColumnsOf } from '#db/statement-builders'
import { type AddressPurpose, addressFields } from '../field-list.ts'

type Address = ColumnsOf<typeof addressTable>
type Owner = Pick<ColumnsOf<typeof customerTable>, 'defaultShippingId' | 'defaultBillingId'>

/** The field list of an address as a selection. @param owner the customer, whose columns name its default addresses. */
export const addressSelection = <A extends Address>(a: A, owner: Owner) =>
  selectionOf(addressFields, a, {
    isDefault: sqlType.flag(sql`${a.id} is not distinct from ${owner.defaultShippingId}`),
    defaultFor: sqlType.json<AddressPurpose[]>()(sql`case
      when ${a.id} = ${owner.defaultShippingId} and ${a.id} = ${owner.defaultBillingId} then json '["shipping","billing"]'
      when ${a.id} = ${owner.defaultShippingId} then json '["shipping"]'
      when ${a.id} = ${owner.defaultBillingId} then json '["billing"]'
      else json '[]' end`),
  })

/** The order of an address book, wherever it is shown: oldest first. Ids are ordered by time, and neither a change nor a merge changes them. */
export const addressBookOrder = <C>(a: { readonly id: C }): C => a.id
