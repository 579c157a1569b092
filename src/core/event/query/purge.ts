import { and, eq, lt, notExists } from 'drizzle-orm'
import { db, pick } from '#db/builder'
import { deliveryTable, eventTable } from '#db/schema'
import { purgeOf } from '#query/context'

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

/** Old events, without those that are still on their way to somebody. Their deliveries go with them. */
export const purgeEvents = purgeOf('purge_events', eventTable, (before) =>
  and(lt(eventTable.at, before), notExists(pending)),
)
