import { ne, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { jsonOf } from '#db/document'
import { selectionOf } from '#db/field'
import { addressTable, customerTable, type mergeTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { type ColumnsOf, pick } from '#db/statement-builders'
import type { Address } from '#field/address'
import { addressBookOrder, addressSelection } from '#selection/address'
import { MERGE_UNDO_DAYS, mergeFields } from '../field-list.ts'

type Columns = ColumnsOf<typeof mergeTable>

const listOf = (array: SQL) => sqlType.json<string[]>()(sql`to_json(${array})`)
const keysOf = (object: unknown) =>
  listOf(sql`array(select jsonb_object_keys(${object}) order by 1)`)
const countOf = (ids: unknown) => sqlType.int(sql`cardinality(${ids})`)
const isDone = (merge: Columns): SQL => sql`${merge.state} = 'done'`

/** The field list of a merge as a selection. */
export const mergeSelection = <C extends Columns>(merge: C) =>
  selectionOf(mergeFields, merge, {
    orders: countOf(merge.orderIds),
    addresses: countOf(merge.addressIds),
    profile: keysOf(merge.profile),
    metadata: keysOf(merge.metadata),
    undoableUntil: sqlType.orNull(sqlType.moment)(
      sql`case when ${isDone(merge)} then ${merge.mergedAt} + ${`${MERGE_UNDO_DAYS} days`}::interval end`,
    ),
  })

/** The orders and addresses that moved, and the data that stays in the record. A pending merge has none of it. */
export const mergeDetailSelection = <C extends Columns>(merge: C) => ({
  orderIds: listOf(sql`case when ${merge.state} <> 'pending' then ${merge.orderIds} end`),
  ...pick(merge, 'addressIds'),
  leftAddresses: leftAddresses(merge),
  leftMetadata: sqlType.jsonb<Record<string, string>>()(
    sql`(${merge.before} #> '{merged,customer,metadata}') - array(select jsonb_object_keys(${merge.metadata}))`,
  ),
})

/** The addresses that did not move. They are no longer the default for any purpose. */
function leftAddresses(merge: Columns) {
  const address = alias(addressTable, 'address')
  const noCustomer = alias(customerTable, 'no_customer')
  const document = jsonOf(addressSelection(address, noCustomer))
  // Columns of an inner expression are written with their table.
  const list = sql`select json_agg(${document} order by ${addressBookOrder(address)})
    from jsonb_populate_recordset(null::${addressTable}, ${merge.before} #> '{merged,addresses}') ${address}
      left join ${customerTable} ${noCustomer} on false
    where ${ne(address.id, sql`all(${merge.addressIds})`)}`
  return sqlType.json<Address[]>()(sql`coalesce((${list}), '[]')`)
}
