import type { Column, SQL } from 'drizzle-orm'
import type { EventField } from '#core/event'
import { jsonbOf } from '#db/document'

/** The data of an event. A field that `eventData` does not list does not compile, so an erasure knows each. */
export const dataOf = <K extends EventField>(fields: Readonly<Record<K, Column | SQL>>) =>
  jsonbOf(fields)
