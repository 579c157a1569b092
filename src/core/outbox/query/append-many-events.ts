import {
  and,
  type Column,
  eq,
  getTableColumns,
  is,
  SQL,
  type SQLWrapper,
  sql,
  type WithSubquery,
} from 'drizzle-orm'
import type { CustomerEventType, EventField } from '#core/event'
import { jsonbOf } from '#db/document'
import { customerTable, eventTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, insertFrom } from '#db/statement-builders'
import { newJobsParameter, type ValuesOf } from '#db/use-case'
import { eventCustomerSelection } from '#selection/customer'
import { appendEventParams } from './append.ts'
import { enqueueJob } from './job.ts'
import { nthId } from './nth-id.ts'
import { stampedChangedAt } from './raise-version.ts'

/** The parameters of a use case that appends many events. The ids of the events and of their jobs count from the first. */
export const appendManyEventsParams = { ...appendEventParams, job: newJobsParameter('announce') }
type AppendingEach = ValuesOf<typeof appendManyEventsParams>

type Change = {
  /** The statement that changes and locks rows. Each row becomes an event. */
  readonly rows: WithSubquery
  /** Parts of a `with` that it reads. */
  readonly before?: readonly WithSubquery[]
  /** The columns of `rows` with the customer's id, and with the order of one customer's events. */
  readonly customerId: SQLWrapper
  readonly order: SQLWrapper
  readonly type: CustomerEventType | SQL.Aliased<CustomerEventType>
  /** The changed fields that a reader of a customer sees. */
  readonly fields: readonly string[]
  /** The data of an event besides the customer: its fields, or a column that has them. */
  readonly data:
    | Readonly<Partial<Record<EventField, Column | SQL>>>
    | SQL.Aliased<Readonly<Record<string, unknown>>>
  /** An aggregate of the rows of one customer, and the change of the customer that follows from it. */
  readonly collect: SQL
  readonly set: (collected: SQL) => { readonly groupKeys: SQL }
}

/**
 * Changes many rows of many customers. It raises each customer's version once and its sequence by one per event, and appends the
 * events, with the customers after the change, and their jobs. The caller has locked the customers in the order of their ids.
 */
export function appendManyEvents(p: AppendingEach, change: Change) {
  const numbered = numberedOf(change)
  const per = perCustomer(change)
  const raised = db.$with('raised').as(raiseEach(p, change, per))
  const each = sql`from ${numbered} join ${raised} on ${raised.id} = ${numbered.subject}`
  const idOf = (first: string) => nthId(first, numbered.place)
  const summary = jsonbOf({
    customerId: raised.id,
    customer: jsonbOf(eventCustomerSelection(raised)),
    changed: sql`${JSON.stringify(change.fields)}::jsonb`,
  })
  const appended = db.$with('appended').as(
    insertFrom(
      eventTable,
      {
        tenant: p.tenant,
        id: idOf(p.event),
        customerId: raised.id,
        sequence: sqlType.int(sql`${raised.sequence} - ${numbered.later}`),
        type: sqlType.textOf<CustomerEventType>()(sql`${numbered.type}`),
        data: sqlType.jsonb<Record<string, unknown>>()(sql`${summary} || ${numbered.news}`),
        actor: p.actor,
        requestId: p.request,
        at: p.now,
      },
      each,
    ).returning({ id: eventTable.id }),
  )
  return enqueueJob(p, {
    id: idOf(p.job),
    kind: 'announce',
    payload: jsonbOf({ event: idOf(p.event) }),
    from: each,
    ctes: [...(change.before ?? []), change.rows, numbered, per, raised, appended],
  })
}

/** The events with their places among all, and the number of later events of the same customer. */
function numberedOf({ rows, customerId, order, type, data }: Change) {
  const place = sqlType.int(sql`(row_number() over (order by ${customerId}, ${order}) - 1)::int`)
  const later = sqlType.int(
    sql`(row_number() over (partition by ${customerId} order by ${order} desc) - 1)::int`,
  )
  return db.$with('numbered').as(
    db
      .select({
        subject: sqlType.text(sql`${customerId}`).as('subject'),
        place: place.as('place'),
        later: later.as('later'),
        type: sql`${type}`.as('event_type'),
        news: (is(data, SQL.Aliased)
          ? sqlType.jsonb<Readonly<Record<string, unknown>>>()(sql`${data}`)
          : jsonbOf(data)
        ).as('news'),
      })
      .from(rows),
  )
}

const perCustomer = ({ rows, customerId, collect }: Change) =>
  db.$with('per').as(
    db
      .select({
        owner: sqlType.text(sql`${customerId}`).as('owner'),
        events: sqlType.int(sql`count(*)::int`).as('events'),
        collected: collect.as('collected'),
      })
      .from(rows)
      .groupBy(customerId.getSQL()),
  )

const raiseEach = (
  p: AppendingEach,
  { fields, set }: Change,
  per: ReturnType<typeof perCustomer>,
) =>
  db
    .update(customerTable)
    .set({
      ...set(sql`${per.collected}`),
      sequence: sql`${customerTable.sequence} + ${per.events}`,
      version: sql`${customerTable.version} + 1`,
      changedAt: stampedChangedAt(fields.map((field) => ({ field }))),
      updatedAt: p.now,
    })
    .from(per)
    .where(and(eq(customerTable.tenant, p.tenant), sql`${customerTable.id} = ${per.owner}`))
    .returning(getTableColumns(customerTable))

/** The place before the first event of this transaction, as note_event_writer noted it. */
const placeBefore = sql`nullif(current_setting('customer.event_writer', true), '')::bigint`

/** The number of events of a type that this commit has appended so far. */
export const countAppendedEvents = (p: { readonly tenant: string }, type: CustomerEventType) =>
  db
    .select({ count: sqlType.int(sql`count(*)::int`) })
    .from(eventTable)
    .where(
      and(
        eq(eventTable.tenant, p.tenant),
        sql`${eventTable.place} > ${placeBefore}`,
        sql`${eventTable}.xmin = pg_current_xact_id()::xid`,
        eq(eventTable.type, type),
      ),
    )
