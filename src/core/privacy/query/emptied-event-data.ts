import { type SQL, sql } from 'drizzle-orm'
import { eventDataFields } from '#core/event'
import { jsonbOf } from '#db/document'
import type { eventTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import type { ColumnsOf } from '#db/statement-builders'
import { customerWithoutUndoneMerges, type UndoneMergeData } from './undone-merge-data.ts'

type Event = ColumnsOf<typeof eventTable>

const fields = Object.entries(eventDataFields).map(([name, { stays }]) => ({ name, stays }))
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

/** The data of an event without personal data. Ids, names of changed fields and amounts stay. Unknown fields are dropped. */
export const emptiedEventData = (event: Event) =>
  sqlType.jsonb<Record<string, unknown>>()(
    sql`coalesce(${partOf(sql`${event.data}`, whole)}, '{}')
      || jsonb_strip_nulls(jsonb_build_object(${parts(sql`${event.data}`)})) || '{"erased": true}'`,
  )

/** The data of a survivor's event without the data that came from a merge that was undone. The conflicts of the undo are dropped too, because they name metadata of the other customer. */
export const eventDataWithoutUndoneMerges = (event: Event, lent: UndoneMergeData) =>
  sqlType.jsonb<Record<string, unknown>>()(
    sql`${event.data}
      || case when ${event.data} ? 'customer' then ${jsonbOf({ customer: customerWithoutUndoneMerges(sql`${event.data} -> 'customer'`, 'view', lent) })} else '{}' end
      || case when ${event.data} #>> '{address,id}' = any(${lent.addressIds})
        then jsonb_build_object('address', ${partOf(sql`${event.data} -> 'address'`, ['action', 'id', 'changed'])}) else '{}' end
      || case when ${event.data} ? 'conflicts' then '{"conflicts": []}'::jsonb else '{}' end`,
  )
