import type { Column, SQL } from 'drizzle-orm'
import type { EventField } from '#core/event'
import { jsonbOf } from '#db/document'

/** The data of an event. Only fields that `eventDataFields` lists compile, so an erasure knows every field. */
export const eventDataOf = <K extends EventField>(fields: Readonly<Record<K, Column | SQL>>) =>
  jsonbOf(fields)
