import { and, eq, exists, type SQL, sql } from 'drizzle-orm'
import { jsonbOf } from '#db/document'
import { erasureTable, jobTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, pick } from '#db/statement-builders'
import { newJobParameter, noAnswer, useCase } from '#db/use-case'
import { deleteJob, enqueueJob, lockJobOrRefuse } from '#query/outbox'
import { forgetNextEvents, unemptiedEvents } from './forget-next-events.ts'

type Which = { readonly tenant: string; readonly erasure: string | SQL<string> }

export const isThisErasure = ({ tenant, erasure }: Which) =>
  and(eq(erasureTable.tenant, tenant), eq(erasureTable.id, erasure))

/** The ids that the erasure has noted, as an array. */
export const erasedCustomerIds = (p: Which) =>
  sql`(${db.select({ ids: erasureTable.customerIds }).from(erasureTable).where(isThisErasure(p))})::text[]`

/** Marks the erasure as done if all events are emptied. Otherwise enqueues a job for the next events. */
export function finishOrContinueErasure(p: Which & { readonly now: string }, rest: string) {
  const left = exists(unemptiedEvents({ tenant: p.tenant, ids: erasedCustomerIds(p) }))
  return [
    db
      .update(erasureTable)
      .set({ state: 'done', finishedAt: p.now })
      .where(and(isThisErasure(p), sql`not ${left}`)),
    enqueueJob(p, {
      id: rest,
      kind: 'erase',
      payload: jsonbOf({ erasure: erasureTable.id }),
      from: sql`from ${erasureTable} where ${and(isThisErasure(p), eq(erasureTable.state, 'running'))}`,
    }),
  ]
}

const rest = {
  ...pick(erasureTable, 'tenant'),
  id: jobTable.id,
  now: erasureTable.createdAt,
  limit: sqlType.int,
  rest: newJobParameter('erase'),
}

/**
 * One step of an erasure with a long history: empties the next events, and enqueues a job for what is left. Refuses `job_done`.
 */
export const eraseNextEvents = useCase('erase_next_events', rest, (p) => {
  const which = {
    ...p,
    erasure: sqlType.text(
      sql`(${db
        .select({ erasure: sql`${jobTable.payload} ->> 'erasure'`.as('of_job') })
        .from(jobTable)
        .where(and(eq(jobTable.tenant, p.tenant), eq(jobTable.id, p.id)))})`,
    ),
  }
  return [
    lockJobOrRefuse(p),
    ...forgetNextEvents({ tenant: p.tenant, ids: erasedCustomerIds(which), limit: p.limit }),
    ...finishOrContinueErasure(which, p.rest),
    deleteJob(p),
    noAnswer,
  ]
})
