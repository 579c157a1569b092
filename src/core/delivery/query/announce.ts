import { sql } from 'drizzle-orm'
import { kind } from '#db/kind'
import { deliveryTable, eventTable } from '#db/schema'
import { useCase } from '#db/use-case'
import { takenJobs } from '#query/outbox'
import { addDeliveries } from './add.ts'

/** Puts the events of jobs that are still to do on their way to every endpoint that asked for them. */
export const announceEvents = useCase(
  'announce_events',
  {
    tenant: deliveryTable.tenant,
    now: deliveryTable.createdAt,
    delivery: deliveryTable.id,
    ids: kind.texts,
  },
  (p) => {
    const taken = takenJobs(p)
    const isTaken = sql`${eventTable.id} = any(array(select ${taken.payload} ->> 'event' from ${taken}))`
    return [addDeliveries(p, isTaken, [taken])]
  },
)
