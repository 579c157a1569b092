import { and, eq, type SQL, sql } from 'drizzle-orm'
import { eventData } from '#core/event'
import { type ColumnsOf, db } from '#db/builder'
import { kind } from '#db/kind'
import { type eventTable, mergeTable } from '#db/schema'

type Event = ColumnsOf<typeof eventTable>

const fields = Object.entries(eventData).map(([name, { stays }]) => ({ name, stays }))
const whole = fields.flatMap(({ name, stays }) => (stays === 'all' ? [name] : []))
const listOf = (names: readonly string[]) =>
  sql.raw(`array[${names.map((name) => `'${name}'`).join(', ')}]`)

const partOf = (document: SQL, names: readonly string[]) =>
  sql`(select jsonb_object_agg(key, value) from jsonb_each(${document}) where key = any(${listOf(names)}))`

const parts = (data: SQL) =>
  sql.join(
    fields.flatMap(({ name, stays }) =>
      typeof stays === 'string'
        ? []
        : [sql`${sql.raw(`'${name}'`)}, ${partOf(sql`${data} -> ${sql.raw(`'${name}'`)}`, stays)}`],
    ),
    sql`, `,
  )

/** The data of an event without what it holds about a person: ids, names of changed fields and amounts stay. What is not known goes. */
export const emptiedData = (event: Event) =>
  kind.jsonb<Record<string, unknown>>()(
    sql`coalesce(${partOf(sql`${event.data}`, whole)}, '{}')
      || jsonb_strip_nulls(jsonb_build_object(${parts(sql`${event.data}`)})) || '{"erased": true}'`,
  )

export const isEmptied = (event: Event): SQL => sql`${event.data} ? 'erased'`

/**
 * The merges that were undone, and in whose time an event of the survivor was written: until its undo, the survivor's document had what
 * was filled from the other customer.
 */
export const mergesAround = (event: Event, isOther: SQL) =>
  db
    .select({ profile: mergeTable.profile, addressIds: mergeTable.addressIds })
    .from(mergeTable)
    .where(
      and(
        eq(mergeTable.tenant, event.tenant),
        eq(mergeTable.survivorId, event.customerId),
        eq(mergeTable.state, 'undone'),
        sql`${event.at} between ${mergeTable.mergedAt} and ${mergeTable.undoneAt}`,
        isOther,
      ),
    )

/** The data of an event of a survivor without what came from the other customers of merges that were undone. */
export function dataWithoutOthers(event: Event, isOther: SQL) {
  const around = mergesAround(event, isOther).as('around')
  const filled = sql`array(select key from ${around}, jsonb_object_keys(${around.profile}) key)`
  const moved = sql`array(select moved from ${around}, unnest(${around.addressIds}) moved)`
  return kind.jsonb<Record<string, unknown>>()(
    sql`${event.data}
      || jsonb_strip_nulls(jsonb_build_object('customer', (${event.data} -> 'customer') - ${filled}))
      || case when ${event.data} #>> '{address,id}' = any(${moved})
        then jsonb_build_object('address', ${partOf(sql`${event.data} -> 'address'`, ['action', 'id', 'changed'])}) else '{}' end`,
  )
}
