import { and, desc, eq, lt, not, or, sql } from 'drizzle-orm'
import { db, given, pick } from '#db/builder'
import { kind } from '#db/kind'
import { deliveryTable, eventTable, webhookTable } from '#db/schema'
import { useCase, type ValuesOf } from '#db/use-case'
import { isThere } from '#lock/webhook'
import { countUpTo, keyset } from '#query/page'
import { endpointOf } from './endpoint.ts'
import { deliverySelection, shownColumns } from './selection.ts'

const params = {
  ...pick(deliveryTable, 'tenant', 'webhookId'),
  status: kind.orNull(kind.text),
  ...keyset,
}

/**
 * What was and is on its way to an endpoint, the newest first, and how much that is. Without a row there is no such webhook; without an `item`
 * there is none.
 */
export const listDeliveries = useCase('list_deliveries', params, (p) => {
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
  const { counted, total } = countUpTo(p.most, deliveryTable, isListed(p))
  return [
    db
      .select({
        total,
        item: deliverySelection(page, page.type),
      })
      .from(webhookTable)
      .innerJoin(counted, sql`true`)
      .leftJoin(page, sql`true`)
      .where(isThere(endpointOf(p)))
      .orderBy(desc(page.id)),
  ]
})

const isListed = (p: ValuesOf<typeof params>) =>
  and(
    eq(deliveryTable.tenant, p.tenant),
    eq(deliveryTable.webhookId, p.webhookId),
    or(not(given(p.status)), sql`${deliveryTable.status} = ${p.status}`),
  )
