import { and, eq, ne, sql } from 'drizzle-orm'
import { jsonOf, momentText } from '#db/document'
import { selectionOf } from '#db/field'
import { deliveryTable, type erasureTable, webhookTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import type { ColumnsOf } from '#db/statement-builders'
import { hostOfUrl } from '#query/webhook'
import { type ErasureReceiver, erasureFields } from '../field-list.ts'

type Columns = ColumnsOf<typeof erasureTable>

/** The field list of an erasure as a selection. */
export const erasureSelection = <C extends Columns>(e: C) =>
  selectionOf(erasureFields, e, {
    mergedIds: sqlType.json<string[]>()(
      sql`to_json(array(select one from unnest(${e.customerIds}) one where one <> ${e.customerId} and one <> all(${e.guestIds})))`,
    ),
    webhooks: receiversOf(e),
  })

/** It rises with each delivery that has come to its end, and with the end of the erasure. */
export const erasureVersion = (e: Columns) =>
  sqlType.int(
    sql`(1 + (${e.finishedAt} is not null)::int + (select count(*) from ${deliveryTable} where ${and(
      eq(deliveryTable.tenant, e.tenant),
      eq(deliveryTable.eventId, e.eventId),
      ne(deliveryTable.status, 'pending'),
    )}))::int`,
  )

function receiversOf(e: Columns) {
  const receiver = {
    webhookId: deliveryTable.webhookId,
    host: hostOfUrl(webhookTable.url),
    status: deliveryTable.status,
    deliveredAt: sql`case when ${deliveryTable.status} = 'delivered' then ${momentText(deliveryTable.settledAt)} end`,
  }
  return sqlType.json<ErasureReceiver[]>()(
    sql`coalesce((select json_agg(${jsonOf<ErasureReceiver>(receiver)} order by ${deliveryTable.webhookId})
      from ${deliveryTable} join ${webhookTable} on ${and(
        eq(webhookTable.tenant, deliveryTable.tenant),
        eq(webhookTable.id, deliveryTable.webhookId),
      )} where ${and(eq(deliveryTable.tenant, e.tenant), eq(deliveryTable.eventId, e.eventId))}), '[]')`,
  )
}
