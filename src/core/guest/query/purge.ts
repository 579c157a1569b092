import { eventTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db } from '#db/statement-builders'
import { directUseCase } from '#db/use-case'
import { call } from '../generated/call.ts'

/** The next step of the scan over all guests. Answers whether there may be more, and the jobs of the events. */
export const purgeGuests = directUseCase(
  'purge_guests',
  {
    tenant: eventTable.tenant,
    before: sqlType.moment,
    /** The limit for guests who have proven nothing. */
    unprovenBefore: sqlType.moment,
    limit: sqlType.int,
    event: eventTable.id,
    job: sqlType.text,
    actor: eventTable.actor,
    now: eventTable.at,
  },
  (p) => {
    const { columns, from } = call.purgeGuests(p)
    return db.select(columns).from(from)
  },
)
