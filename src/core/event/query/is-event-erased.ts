import { type SQL, sql } from 'drizzle-orm'
import type { eventTable } from '#db/schema'
import type { ColumnsOf } from '#db/statement-builders'

/** Whether an erasure has emptied the data of an event. */
export const isEventErased = (event: Pick<ColumnsOf<typeof eventTable>, 'data'>): SQL =>
  sql`${event.data} ? 'erased'`
