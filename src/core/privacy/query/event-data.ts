import { type SQL, sql } from 'drizzle-orm'
import { eventData } from '#core/event'
import type { ColumnsOf } from '#db/builder'
import { jsonbOf } from '#db/document'
import { kind } from '#db/kind'
import type { eventTable } from '#db/schema'
import { customerWithout, type Lent } from './lent.ts'

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

/** The data of an event of a customer without what was lent to it, and without the conflicts of the undo, which name the other's metadata. */
export const dataWithout = (event: Event, lent: Lent) =>
  kind.jsonb<Record<string, unknown>>()(
    sql`${event.data}
      || case when ${event.data} ? 'customer' then ${jsonbOf({ customer: customerWithout(sql`${event.data} -> 'customer'`, 'view', lent) })} else '{}' end
      || case when ${event.data} #>> '{address,id}' = any(${lent.addressIds})
        then jsonb_build_object('address', ${partOf(sql`${event.data} -> 'address'`, ['action', 'id', 'changed'])}) else '{}' end
      || case when ${event.data} ? 'conflicts' then '{"conflicts": []}'::jsonb else '{}' end`,
  )
