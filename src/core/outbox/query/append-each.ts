import {
  and,
  type Column,
  eq,
  getTableColumns,
  type SQL,
  type SQLWrapper,
  sql,
  type WithSubquery,
} from 'drizzle-orm'
import type { CustomerEventType } from '#core/event'
import { db, insertFrom } from '#db/builder'
import { jsonbOf } from '#db/document'
import { kind } from '#db/kind'
import { customerTable, eventTable } from '#db/schema'
import { newJobs, type ValuesOf } from '#db/use-case'
import { summarySelection } from '#selection/customer'
import { appending } from './append.ts'
import { enqueueJob } from './job.ts'
import { nthId } from './nth-id.ts'
import { stamped } from './raise.ts'

/** What a use case needs that appends many events. The ids of the events and of their jobs count on from the first. */
export const appendingEach = { ...appending, job: newJobs('announce') }
type AppendingEach = ValuesOf<typeof appendingEach>

type Change = {
  /** The statement that changes: each of its rows is an event. Nobody else can change these rows any more. */
  readonly rows: WithSubquery
  /** Columns of it: whom it is about, and what orders the events of one customer. */
  readonly customerId: SQLWrapper
  readonly order: SQLWrapper
  readonly type: CustomerEventType
  /** The fields that a reader of a customer sees changed. */
  readonly fields: readonly string[]
  /** What an event says besides the customer. */
  readonly data: Readonly<Record<string, Column | SQL>>
  /** An aggregate of the rows of one customer, and what becomes of the customer by it. */
  readonly collect: SQL
  readonly set: (collected: SQL) => { readonly groupKeys: SQL }
}

/**
 * Changes many things of many customers, raises each customer's version once and its sequence by one for each event, and appends the
 * events with the customers as they are then, and the jobs that announce them. The customers were locked in the order of their ids.
 */
export function appendEach(p: AppendingEach, change: Change) {
  const numbered = numberedOf(change)
  const per = perCustomer(change)
  const raised = db.$with('raised').as(raiseEach(p, change, per))
  const each = sql`from ${numbered} join ${raised} on ${raised.id} = ${numbered.subject}`
  const idOf = (first: string) => nthId(first, numbered.place)
  const summary = jsonbOf({
    customerId: raised.id,
    customer: jsonbOf(summarySelection(raised)),
    changed: sql`${JSON.stringify(change.fields)}::jsonb`,
  })
  const appended = db.$with('appended').as(
    insertFrom(
      eventTable,
      {
        tenant: p.tenant,
        id: idOf(p.event),
        customerId: raised.id,
        sequence: sql<number>`${raised.sequence} - ${numbered.later}`,
        type: change.type,
        data: sql<Record<string, unknown>>`${summary} || ${numbered.news}`,
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
    ctes: [change.rows, numbered, per, raised, appended],
  })
}

/** The events: the place of each among all, and how many of the same customer come later. */
function numberedOf({ rows, customerId, order, data }: Change) {
  const place = sql<number>`(row_number() over (order by ${customerId}, ${order}) - 1)::int`
  const later = sql<number>`(row_number() over (partition by ${customerId} order by ${order} desc) - 1)::int`
  return db.$with('numbered').as(
    db
      .select({
        subject: sql<string>`${customerId}`.as('subject'),
        place: place.as('place'),
        later: later.as('later'),
        news: jsonbOf(data).as('news'),
      })
      .from(rows),
  )
}

const perCustomer = ({ rows, customerId, collect }: Change) =>
  db.$with('per').as(
    db
      .select({
        owner: sql<string>`${customerId}`.as('owner'),
        events: sql<number>`count(*)::int`.as('events'),
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
      changedAt: stamped(fields.map((field) => ({ field }))),
      updatedAt: p.now,
    })
    .from(per)
    .where(and(eq(customerTable.tenant, p.tenant), sql`${customerTable.id} = ${per.owner}`))
    .returning(getTableColumns(customerTable))

/** How many events of a type this commit has appended so far. */
export const countAppended = (p: { readonly tenant: string }, type: CustomerEventType) =>
  db
    .select({ count: kind.int(sql`count(*)::int`) })
    .from(eventTable)
    .where(
      and(
        eq(eventTable.tenant, p.tenant),
        sql`${eventTable.xact} = pg_current_xact_id()`,
        eq(eventTable.type, type),
      ),
    )
