import { and, eq, lt, ne, notExists } from 'drizzle-orm'
import { deliveryTable, eventTable } from '#db/schema'
import { db, pick } from '#db/statement-builders'
import { purgeUseCase } from '#query/context'

const pending = db
  .select(pick(deliveryTable, 'id'))
  .from(deliveryTable)
  .where(
    and(
      eq(deliveryTable.tenant, eventTable.tenant),
      eq(deliveryTable.eventId, eventTable.id),
      eq(deliveryTable.status, 'pending'),
    ),
  )

/**
 * Old events without a pending delivery. Their deliveries are deleted with them. The event of an erasure stays as long as its receipt, which
 * says who was told.
 */
export const purgeEvents = purgeUseCase('purge_events', eventTable, (before) =>
  and(lt(eventTable.at, before), ne(eventTable.type, 'customer.erased'), notExists(pending)),
)
