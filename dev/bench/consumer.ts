import pg from 'pg'
import { functionNameInDatabase } from '../functions/function-name-in-database.ts'
import { BENCH_TENANT, type BenchService } from './bench-service.ts'
import { sendBatchToWorker } from './run-jobs.ts'

const EVENTS = 300
const ENDPOINTS = 3

/** How many events the consumer announces to three endpoints, a hundred messages in a batch and one by one. */
export async function measureConsumer(
  stage: BenchService,
  say: (line: string) => void,
): Promise<void> {
  for (let n = 0; n < ENDPOINTS; n++) await subscribe(stage, n)
  const client = new pg.Client(stage.databaseUrl)
  await client.connect()
  try {
    say('batch      events/s  events per statement')
    const figures: { perSecond: number; perStatement: number }[] = []
    for (const size of [1, 100]) {
      const jobs = await emitSome(client, stage.ids)
      await stage.wire.counts()
      const started = performance.now()
      for (let at = 0; at < jobs.length; at += size) {
        const batch = jobs.slice(at, at + size)
        await sendBatchToWorker(
          stage,
          'customer',
          batch.map((id) => ({ tenant: BENCH_TENANT, id, kind: 'announce' })),
        )
      }
      const seconds = (performance.now() - started) / 1000
      const { statements } = await stage.wire.counts()
      const figure = { perSecond: jobs.length / seconds, perStatement: jobs.length / statements }
      figures.push(figure)
      say(
        `${String(size).padEnd(8)}${figure.perSecond.toFixed(0).padStart(11)}${figure.perStatement.toFixed(1).padStart(22)}`,
      )
    }
    await checkAnnounced(client)
    const [alone, together] = figures
    if (alone === undefined || together === undefined) return
    const times = (key: 'perSecond' | 'perStatement') => (together[key] / alone[key]).toFixed(1)
    say(`together ${times('perSecond')} × per second, ${times('perStatement')} × per statement`)
  } finally {
    await client.end()
  }
}

async function subscribe({ workerd, token }: BenchService, n: number): Promise<void> {
  const answer = await fetch(`${workerd.urlOf('service')}/webhook`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ url: `http://127.0.0.1:9/${n}`, events: ['customer.*'] }),
  })
  if (answer.status !== 201) throw new Error(`the endpoint was refused: ${answer.status}`)
}

/** Changes of customers, each announced in its own commit, as use cases do it; nothing is sent to the queue. */
async function emitSome(client: pg.Client, ids: readonly string[]): Promise<string[]> {
  await client.query('delete from job')
  const { rows } = await client.query<{ id: string }>(
    `select job as id from ${functionNameInDatabase('append_events')}($1, 'evt_' || substr($2, 5), 'job_' || substr($2, 5), 'customer.updated', array['lastName'],
      (select jsonb_agg(jsonb_build_object('customerId', id)) from (
        select id from unnest($3::text[]) with ordinality it (id, n) order by n limit $4) one),
      '{"type":"service","id":"bench"}', null, now()) job`,
    [BENCH_TENANT, ids[Math.floor(Math.random() * ids.length)], ids, EVENTS],
  )
  return rows.map(({ id }) => id)
}

async function checkAnnounced(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ left: number; made: number }>(
    `select (select count(*)::int from job where kind = 'announce') as left, (select count(*)::int from delivery) as made`,
  )
  const { left = 0, made = 0 } = rows[0] ?? {}
  if (left > 0 || made < 2 * EVENTS * ENDPOINTS) {
    throw new Error(`${left} events were not announced, ${made} deliveries made`)
  }
}
