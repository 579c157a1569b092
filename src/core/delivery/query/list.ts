import { and, desc, eq, lt, not, or, sql } from 'drizzle-orm'
import { deliveryTable, eventTable, webhookTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, isArgumentGiven, pick } from '#db/statement-builders'
import { useCase, type ValuesOf } from '#db/use-case'
import { isWebhookVisible } from '#lock/webhook'
import { countUpTo, keysetParams } from '#query/page'
import { deliverySelection, shownColumns } from './selection.ts'
import { tenantAndIdOfWebhook } from './webhook-of-delivery.ts'

const which = {
  ...pick(deliveryTable, 'tenant', 'webhookId'),
  status: sqlType.orNull(sqlType.text),
}

/**
 * The deliveries to an endpoint, newest first. No row: there is no such webhook. A row with a null `item`: the page is empty.
 */
export const listDeliveries = useCase('list_deliveries', { ...which, ...keysetParams }, (p) => {
  const listed = db
    .select()
    .from(deliveryTable)
    .where(and(isListed(p), lt(deliveryTable.id, p.after)))
    .orderBy(desc(deliveryTable.id))
    .limit(p.limit)
    .as('listed')
  const page = db
    .select({ ...pick(listed, ...shownColumns), type: eventTable.type })
    .from(listed)
    .innerJoin(eventTable, and(eq(eventTable.tenant, p.tenant), eq(eventTable.id, listed.eventId)))
    .as('page')
  return [
    db
      .select({ item: deliverySelection(page, page.type) })
      .from(webhookTable)
      .leftJoin(page, sql`true`)
      .where(isWebhookVisible(tenantAndIdOfWebhook(p)))
      .orderBy(desc(page.id)),
  ]
})

export const countDeliveries = useCase('count_deliveries', { ...which, most: sqlType.int }, (p) => [
  countUpTo(p.most, deliveryTable, isListed(p)),
])

const isListed = (p: ValuesOf<typeof which>) =>
  and(
    eq(deliveryTable.tenant, p.tenant),
    eq(deliveryTable.webhookId, p.webhookId),
    or(not(isArgumentGiven(p.status)), sql`${deliveryTable.status} = ${p.status}`),
  )
