import { and, eq, exists, inArray, notExists, or, sql } from 'drizzle-orm'
import { union } from 'drizzle-orm/pg-core'
import { customerTable, deliveryTable, eventTable, orderTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, pick } from '#db/statement-builders'
import { newJobsParameter, useCase } from '#db/use-case'
import { deletedJobs } from '#query/outbox'
import { enqueueJudgeJobs } from '#query/rule'
import { addDeliveries } from './create-or-restart.ts'

/**
 * Creates the deliveries of the events of jobs that are still to do, to every endpoint that asked for them. Events of a silent guest wait. The first event after its order or its proof delivers all of them. In a shop with rules, the customers of the events are
 * judged by a job.
 */
export const createDeliveriesOfEvents = useCase(
  'create_deliveries_of_events',
  {
    tenant: deliveryTable.tenant,
    now: deliveryTable.createdAt,
    delivery: deliveryTable.id,
    ids: sqlType.texts,
    judge: newJobsParameter('judge'),
  },
  (p) => {
    const taken = deletedJobs(p)
    const isTaken = sql`${eventTable.id} = any(array(select ${taken.payload} ->> 'event' from ${taken}))`
    const told = db.$with('told').as(
      db
        .update(customerTable)
        .set({ silent: false })
        .where(
          and(
            eq(customerTable.tenant, p.tenant),
            eq(customerTable.silent, true),
            inArray(
              customerTable.id,
              sql`(${db
                .select({ id: eventTable.customerId })
                .from(eventTable)
                .where(and(eq(eventTable.tenant, p.tenant), isTaken))})`,
            ),
            isKnown,
          ),
        )
        .returning({ id: customerTable.id }),
    )
    const isOfTenant = eq(eventTable.tenant, p.tenant)
    // Two selects, not one with `or`, for which PostgreSQL would read all events.
    const announced = db.$with('announced').as(
      union(
        db
          .select(pick(eventTable, 'id'))
          .from(eventTable)
          .where(and(isOfTenant, isTaken, notExists(silentOf(p)))),
        db
          .select(pick(eventTable, 'id'))
          .from(eventTable)
          .where(
            and(
              isOfTenant,
              sql`${eventTable.customerId} = any(array(${db.select({ id: told.id }).from(told)}))`,
            ),
          ),
      ),
    )
    const isAnnounced = sql`${eventTable.id} = any(array(${db.select({ id: announced.id }).from(announced)}))`
    return [enqueueJudgeJobs(p), addDeliveries(p, isAnnounced, [taken, told, announced])]
  },
)

/** Whether a guest has ordered, or has proven itself: it is an account by now, or part of one. */
const isKnown = or(
  inArray(customerTable.status, ['unverified', 'active', 'disabled', 'merged']),
  eq(customerTable.unproven, false),
  exists(
    db
      .select({ id: orderTable.id })
      .from(orderTable)
      .where(
        and(
          eq(orderTable.tenant, customerTable.tenant),
          eq(orderTable.customerId, customerTable.id),
        ),
      ),
  ),
)

/** The customer of an event, if it is silent. */
const silentOf = (p: { readonly tenant: string }) =>
  db
    .select({ id: customerTable.id })
    .from(customerTable)
    .where(
      and(
        eq(customerTable.tenant, p.tenant),
        eq(customerTable.id, eventTable.customerId),
        eq(customerTable.silent, true),
      ),
    )
