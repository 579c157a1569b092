import { type SQL, sql, type WithSubquery } from 'drizzle-orm'
import type { TypedQueryBuilder } from 'drizzle-orm/query-builders/query-builder'
import type { CustomerEventType, EventField } from '#core/event'
import { jsonbOf } from '#db/document'
import { type customerTable, eventTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { type ColumnsOf, db, insertFrom } from '#db/statement-builders'
import { newJobParameter, type ValuesOf } from '#db/use-case'
import { eventCustomerSelection } from '#selection/customer'
import { enqueueJob } from './job.ts'
import { fieldsChangedInPresentVersion } from './raise-version.ts'

type Customer = ColumnsOf<typeof customerTable>

/** The actor, the request and the time. */
export const actorParams = {
  tenant: eventTable.tenant,
  now: eventTable.at,
  actor: eventTable.actor,
  request: eventTable.requestId,
}

/** The parameters of a use case that appends an event: actor, request, time, and the ids of the event and of its job. */
export const appendEventParams = {
  ...actorParams,
  event: eventTable.id,
  job: newJobParameter('announce'),
}
type Appending = ValuesOf<typeof appendEventParams>

type NewEvent = {
  readonly type: CustomerEventType | SQL
  /** The event names the fields that the row has stamped with its present version. */
  readonly changed?: 'stamped'
  /** The data of the event besides the customer. */
  readonly data?: Readonly<Partial<Record<EventField, SQL>>>
  /** More data, left out where it is null. */
  readonly optional?: Readonly<Partial<Record<EventField, SQL>>>
  /** Joins that the data needs; the customer is `changed`. */
  readonly from?: SQL
}

type Known<Data> = { readonly [Name in keyof Data]: Name extends EventField ? unknown : never }

/** Allows only fields of `eventDataFields`. TypeScript finds others in an object literal, but not in a function's result. */
type OnlyKnown<E extends NewEvent> = {
  readonly data?: Known<E['data']>
  readonly optional?: Known<E['optional']>
}

/**
 * Changes the customer, appends the event with the customer after the change, and inserts the job that announces it. If the change
 * writes no row, nothing happens. The change raises the customer's sequence.
 */
export function appendEvent<E extends NewEvent>(
  p: Appending,
  change: TypedQueryBuilder<(typeof customerTable)['_']['columns']>,
  event: (customer: Customer) => E & OnlyKnown<E>,
) {
  const customer = db.$with('changed').as(change)
  const { type, changed, data = {}, optional, from = sql`` }: NewEvent = event(customer)
  const appended = db.$with('appended').as(
    insertFrom(
      eventTable,
      {
        tenant: p.tenant,
        id: p.event,
        customerId: customer.id,
        sequence: customer.sequence,
        type: typeof type === 'string' ? type : (type as SQL<CustomerEventType>),
        data: withOptional(
          jsonbOf({
            customerId: customer.id,
            customer: jsonbOf(eventCustomerSelection(customer)),
            ...(changed && { changed: fieldsChangedInPresentVersion(customer) }),
            ...data,
          }),
          optional,
        ),
        actor: p.actor,
        requestId: p.request,
        at: p.now,
      },
      sql`from ${customer} ${from}`,
    ).returning({ id: eventTable.id }),
  )
  return enqueueAnnounceJob(p, sql`from ${appended}`, [customer, appended])
}

/** The job that announces the event of an earlier statement in the same `with`. */
export const enqueueAnnounceJob = (p: Appending, from: SQL, ctes: WithSubquery[]) =>
  enqueueJob(p, {
    id: p.job,
    kind: 'announce',
    payload: jsonbOf({ event: sql`${p.event}` }),
    from,
    ctes,
  })

const withOptional = (data: ReturnType<typeof jsonbOf>, optional: NewEvent['optional']) =>
  optional === undefined
    ? data
    : sqlType.jsonb<Readonly<Record<string, unknown>>>()(
        sql`${data} || jsonb_strip_nulls(${jsonbOf(optional)})`,
      )
