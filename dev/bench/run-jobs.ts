import type pg from 'pg'
import { BENCH_TENANT, type BenchService } from './bench-service.ts'

const BATCH = 100

/** The kinds of jobs that come of changes of customers and groups. */
const KINDS = ['announce', 'judge', 'carry_out', 'dissolve_group']

/** One batch of a queue, through the runtime's own door for them. Answers how many messages were taken. */
async function tryBatch(
  { workerd }: BenchService,
  queue: string,
  messages: readonly object[],
): Promise<number> {
  const answer = await fetch(`${workerd.urlOf('broker')}/queue/${queue}`, {
    method: 'POST',
    body: JSON.stringify(messages),
  })
  const { outcome, ackAll, retryBatch, explicitAcks } = (await answer.json()) as {
    outcome: string
    ackAll: boolean
    retryBatch: { retry: boolean }
    explicitAcks: string[]
  }
  if (outcome !== 'ok' || retryBatch.retry) return 0
  return ackAll ? messages.length : explicitAcks.length
}

/** A batch of which every message must be taken. */
export async function sendBatchToWorker(
  stage: BenchService,
  queue: string,
  messages: readonly object[],
) {
  const taken = await tryBatch(stage, queue, messages)
  if (taken < messages.length) throw new Error('a batch was not taken')
}

/**
 * Does the next jobs of some kinds that wait in the database: messages that the service sends to its queue are dropped in the bench. Answers how many were
 * done.
 */
export async function runNextJobs(
  stage: BenchService,
  client: pg.Client,
  { kinds = KINDS, most = BATCH }: { kinds?: readonly string[]; most?: number } = {},
): Promise<number> {
  const { rows } = await client.query<{ id: string; kind: string }>(
    'select id, kind from job where tenant = $1 and kind = any($2) order by id limit $3',
    [BENCH_TENANT, kinds, most],
  )
  if (rows.length === 0) return 0
  return tryBatch(
    stage,
    'customer',
    rows.map((job) => ({ tenant: BENCH_TENANT, ...job })),
  )
}

/** Does all jobs, and what comes of them. */
export async function runAllJobs(
  stage: BenchService,
  client: pg.Client,
  kinds = KINDS,
): Promise<void> {
  while ((await runNextJobs(stage, client, { kinds })) > 0);
  const { rows } = await client.query('select from job where tenant = $1 and kind = any($2)', [
    BENCH_TENANT,
    kinds,
  ])
  if (rows.length > 0) throw new Error(`${rows.length} jobs were not taken`)
}
