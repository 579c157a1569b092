import { db } from '#db/builder'
import { kind } from '#db/kind'
import { eventTable } from '#db/schema'
import { directCall } from '#db/use-case'
import { call } from '../generated/call.ts'

/** The next step of the scan over all guests. Answers whether there may be more, and the jobs of the events. */
export const purgeGuests = directCall(
  'purge_guests',
  {
    tenant: eventTable.tenant,
    before: kind.moment,
    /** The same for guests who have proven nothing. */
    unprovenBefore: kind.moment,
    limit: kind.int,
    event: eventTable.id,
    job: kind.text,
    actor: eventTable.actor,
    now: eventTable.at,
  },
  (p) => {
    const { columns, from } = call.purgeGuests(p)
    return db.select(columns).from(from)
  },
)
