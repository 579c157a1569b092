import { and, asc, eq, type SQL, sql } from 'drizzle-orm'
import { deliveryTable, eventTable, jobTable, webhookTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db } from '#db/statement-builders'
import { newJobParameter, useCase, type ValuesOf } from '#db/use-case'
import { deleteJob, enqueueJob, lockJobOrRefuse } from '#query/outbox'
import { createOrRestartDeliveries } from './create-or-restart.ts'

const params = {
  tenant: deliveryTable.tenant,
  now: deliveryTable.createdAt,
  delivery: deliveryTable.id,
  id: jobTable.id,
  rest: newJobParameter('replay'),
  limit: sqlType.int,
}
type Params = ValuesOf<typeof params>

/**
 * One step of a replay: starts the deliveries of the next events of its range again, enqueues a job for the rest, and deletes its own.
 * The range is by moment and id, and excludes its ends. The row is the endpoint. Refuses `job_done`.
 */
export const replayNextEventsOfRange = useCase('replay_next_events_of_range', params, (p) => {
  const next = nextOf(p)
  const isNext = sql`${eventTable.id} = any(array(select ${next.id} from ${next}))`
  const isEndpoint = sql`${webhookTable.id} = ${ofJob(p, sql`${jobTable.payload} ->> 'webhook'`)}`
  const added = db.$with('added').as(createOrRestartDeliveries(p, and(isNext, isEndpoint)))
  const last = db
    .$with('last')
    .as(
      db
        .select({ at: next.at, id: next.id })
        .from(next)
        .where(sql`(select count(*) from ${next}) = ${p.limit}`)
        .orderBy(sql`${next.at} desc, ${next.id} desc`)
        .limit(1),
    )
  const range = ofJob(p, sql`${jobTable.payload}`)
  return [
    lockJobOrRefuse(p),
    enqueueJob(p, {
      id: p.rest,
      kind: 'replay',
      payload: sql`${range} || jsonb_build_object('afterAt', ${last.at}, 'afterId', ${last.id})`,
      from: sql`from ${last}`,
      ctes: [next, added, last],
    }),
    deleteJob(p).returning({ webhookId: sqlType.text(sql`${jobTable.payload} ->> 'webhook'`) }),
  ]
})

/** A value of the job's row. */
const ofJob = (p: Params, value: SQL) =>
  sql`${db
    .select({ value: value.as('value') })
    .from(jobTable)
    .where(and(eq(jobTable.tenant, p.tenant), eq(jobTable.id, p.id)))}`

/** The next events of the job's range. The bounds are read before the events, so that the index has their order. */
function nextOf(p: Params) {
  const moment = (bound: 'afterAt' | 'beforeAt') =>
    ofJob(p, sql`(${jobTable.payload} ->> ${bound})::timestamptz`)
  const id = (bound: 'afterId' | 'beforeId') => ofJob(p, sql`${jobTable.payload} ->> ${bound}`)
  const place = sql`(${eventTable.at}, ${eventTable.id})`
  return db.$with('next').as(
    db
      .select({ id: eventTable.id, at: eventTable.at })
      .from(eventTable)
      .where(
        and(
          eq(eventTable.tenant, p.tenant),
          sql`${place} > (${moment('afterAt')}, ${id('afterId')})`,
          sql`${place} < (${moment('beforeAt')}, ${id('beforeId')})`,
        ),
      )
      .orderBy(asc(eventTable.at), asc(eventTable.id))
      .limit(p.limit),
  )
}
