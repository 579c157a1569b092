import { selectionOf } from '#db/field'
import type { eventTable } from '#db/schema'
import type { ColumnsOf } from '#db/statement-builders'
import { eventFields } from '../field-list.ts'

type Shown = 'id' | 'type' | 'at' | 'sequence' | 'actor' | 'requestId' | 'data'

/** The field list of an event as a selection. */
export const eventSelection = <E extends Pick<ColumnsOf<typeof eventTable>, Shown>>(e: E) =>
  selectionOf(eventFields, e, {})
