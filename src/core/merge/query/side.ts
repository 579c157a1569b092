import { and, asc, desc, eq, type SQL, sql } from 'drizzle-orm'
import { jsonbOf, jsonOf, momentText } from '#db/document'
import { fieldsWithPolicy, selectionOf } from '#db/field'
import { addressTable, type customerTable, membershipTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { type ColumnsOf, pick } from '#db/statement-builders'
import { customerFields } from '#field/customer'
import { spentOf } from '#selection/customer'
import type { MergeSide } from '../side.ts'

type Columns = ColumnsOf<typeof customerTable>

/** The columns of a customer that a merge plan reads. */
export const mergeSideSelection = <C extends Columns>(c: C) => ({
  ...pick(c, 'id', 'status', 'version', 'changedAt', 'mergedInto', 'unproven'),
  ...pick(c, 'createdAt', 'claimedAt'),
  profile: sqlType.jsonb<MergeSide['profile']>()(
    jsonbOf(selectionOf(fieldsWithPolicy(customerFields, { merge: 'fill' }), c, {})),
  ),
  ...pick(c, 'metadata', 'orderCount'),
  spent: spentOf(c),
  addresses: addressesOf(c),
  groups: groupsOf(c),
})

const listOf = (document: SQL, from: SQL, order: SQL) =>
  sql`coalesce((select json_agg(${document} order by ${order}) ${from}), '[]')`

function addressesOf(c: Columns) {
  const { id, updatedAt } = addressTable
  const isDefault = (held: unknown) => sql`${id} = ${held} desc nulls last`
  return sqlType.json<MergeSide['addresses']>()(
    listOf(
      jsonOf(pick(addressTable, 'id', 'sameness', 'unproven')),
      sql`from ${addressTable} where ${and(
        eq(addressTable.tenant, c.tenant),
        eq(addressTable.customerId, c.id),
      )}`,
      sql.join(
        [isDefault(c.defaultShippingId), isDefault(c.defaultBillingId), desc(updatedAt), asc(id)],
        sql`, `,
      ),
    ),
  )
}

const groupsOf = (c: Columns) =>
  sqlType.json<MergeSide['groups']>()(
    listOf(
      jsonOf({
        key: membershipTable.groupKey,
        source: membershipTable.source,
        expiresAt: momentText(membershipTable.expiresAt),
      }),
      sql`from ${membershipTable} where ${and(
        eq(membershipTable.tenant, c.tenant),
        eq(membershipTable.customerId, c.id),
      )}`,
      sql`${membershipTable.groupKey}`,
    ),
  )
