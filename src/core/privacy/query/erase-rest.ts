import { and, eq, exists, type SQL, sql } from 'drizzle-orm'
import { db, pick } from '#db/builder'
import { jsonbOf } from '#db/document'
import { kind } from '#db/kind'
import { erasureTable, jobTable } from '#db/schema'
import { newJob, noAnswer, useCase } from '#db/use-case'
import { deleteJob, enqueueJob, lockJob } from '#query/outbox'
import { emptyEvents, fullEvents } from './forget-event.ts'

type Which = { readonly tenant: string; readonly erasure: string | SQL<string> }

export const isErasure = ({ tenant, erasure }: Which) =>
  and(eq(erasureTable.tenant, tenant), eq(erasureTable.id, erasure))

/** The ids that the erasure has noted, as an array. */
export const idsOf = (p: Which) =>
  sql`(${db.select({ ids: erasureTable.customerIds }).from(erasureTable).where(isErasure(p))})::text[]`

/** Marks the erasure as done if no event is left that is not emptied, else enqueues a job for the next ones. */
export function endOrGoOn(p: Which & { readonly now: string }, rest: string) {
  const left = exists(fullEvents({ tenant: p.tenant, ids: idsOf(p) }))
  return [
    db
      .update(erasureTable)
      .set({ state: 'done', finishedAt: p.now })
      .where(and(isErasure(p), sql`not ${left}`)),
    enqueueJob(p, {
      id: rest,
      kind: 'erase',
      payload: jsonbOf({ erasure: erasureTable.id }),
      from: sql`from ${erasureTable} where ${and(isErasure(p), eq(erasureTable.state, 'running'))}`,
    }),
  ]
}

const rest = {
  ...pick(erasureTable, 'tenant'),
  id: jobTable.id,
  now: erasureTable.createdAt,
  limit: kind.int,
  rest: newJob('erase'),
}

/**
 * One step of an erasure with a long history: empties the next events, and enqueues a job for what is left. Refuses `job_done`.
 */
export const eraseRest = useCase('erase_rest', rest, (p) => {
  const which = {
    ...p,
    erasure: kind.text(
      sql`(${db
        .select({ erasure: sql`${jobTable.payload} ->> 'erasure'`.as('of_job') })
        .from(jobTable)
        .where(and(eq(jobTable.tenant, p.tenant), eq(jobTable.id, p.id)))})`,
    ),
  }
  return [
    lockJob(p),
    ...emptyEvents({ tenant: p.tenant, ids: idsOf(which), limit: p.limit }),
    ...endOrGoOn(which, p.rest),
    deleteJob(p),
    noAnswer,
  ]
})
