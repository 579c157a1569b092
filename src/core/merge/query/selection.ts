import { ne, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { type ColumnsOf, pick } from '#db/builder'
import { jsonOf } from '#db/document'
import { selectionOf } from '#db/field'
import { kind } from '#db/kind'
import { addressTable, customerTable, type mergeTable } from '#db/schema'
import type { Address } from '#field/address'
import { addressSelection, bookOrder } from '#selection/address'
import { mergeFields, UNDO_DAYS } from '../field.ts'

type Columns = ColumnsOf<typeof mergeTable>

const listOf = (array: SQL) => kind.json<string[]>()(sql`to_json(${array})`)
const keysOf = (object: unknown) =>
  listOf(sql`array(select jsonb_object_keys(${object}) order by 1)`)
const countOf = (ids: unknown) => kind.int(sql`cardinality(${ids})`)
const isDone = (merge: Columns): SQL => sql`${merge.state} = 'done'`

/** The field list of a merge as a selection. */
export const mergeSelection = <C extends Columns>(merge: C) =>
  selectionOf(mergeFields, merge, {
    orders: countOf(merge.orderIds),
    addresses: countOf(merge.addressIds),
    profile: keysOf(merge.profile),
    metadata: keysOf(merge.metadata),
    undoableUntil: kind.orNull(kind.moment)(
      sql`case when ${isDone(merge)} then ${merge.mergedAt} + ${`${UNDO_DAYS} days`}::interval end`,
    ),
  })

/** Which orders and addresses moved, and what stays in the record. One that is pending has none of it. */
export const detailSelection = <C extends Columns>(merge: C) => ({
  orderIds: listOf(sql`case when ${merge.state} <> 'pending' then ${merge.orderIds} end`),
  ...pick(merge, 'addressIds'),
  leftAddresses: leftAddresses(merge),
  leftMetadata: kind.jsonb<Record<string, string>>()(
    sql`(${merge.before} #> '{merged,customer,metadata}') - array(select jsonb_object_keys(${merge.metadata}))`,
  ),
})

/** They are the default for nothing any more. */
function leftAddresses(merge: Columns) {
  const address = alias(addressTable, 'address')
  const nobody = alias(customerTable, 'nobody')
  const document = jsonOf(addressSelection(address, nobody))
  // Columns of an inner expression are written with their table.
  const list = sql`select json_agg(${document} order by ${bookOrder(address)})
    from jsonb_populate_recordset(null::${addressTable}, ${merge.before} #> '{merged,addresses}') ${address}
      left join ${customerTable} ${nobody} on false
    where ${ne(address.id, sql`all(${merge.addressIds})`)}`
  return kind.json<Address[]>()(sql`coalesce((${list}), '[]')`)
}
