import { type SQL, sql } from 'drizzle-orm'
import type { ColumnsOf } from '#db/builder'
import type { eventTable } from '#db/schema'

/** Whether an erasure has emptied the data of an event. */
export const isEventErased = (event: Pick<ColumnsOf<typeof eventTable>, 'data'>): SQL =>
  sql`${event.data} ? 'erased'`
