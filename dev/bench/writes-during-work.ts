import type pg from 'pg'
import { withConnection } from '../with-connection.ts'
import { BENCH_TENANT, type BenchService } from './bench-service.ts'
import { makeEverydayWriteCycle } from './everyday-writes.ts'
import type { Measured } from './load.ts'
import { runNextJobs } from './run-jobs.ts'
import { type Logged, readLog } from './server-log.ts'
import { runSteadyLoad } from './steady-load.ts'

const WRITES_PER_SECOND = 40
/** One write in so many is for a customer whom the work comes to next. */
const AHEAD = 4

export type Shop = {
  readonly stage: BenchService
  readonly client: pg.Client
  /** The group that the writes add customers to. */
  readonly group: string
  /** Bytes of write-ahead log a second that the writes cause by themselves. */
  readonly quietLog: number
}

export type Phase = {
  readonly seconds: number
  readonly writes: Measured
  /** The waits for locks of the writes, and of nobody else. */
  readonly waits: readonly Logged[]
  /** Bytes of write-ahead log, without that of the writes. */
  readonly logBytes: number
  /** What took a second, what else waited, and what was wrong. */
  readonly notes: readonly string[]
}

/** What works in the background: its waits are nobody's. */
const isBackground = ({ what }: Logged): boolean =>
  /^(apply_verdicts|end_next_group_memberships|create_deliveries_of_events|note_task_progress|enqueue_next_group_task_job|finish_group_task|store_task_total|expire_|lease_due_merges|apply_merges|insert_due_merges|correct_counters|purge_|relay_|lease_clock_tasks|end_clock_task_leases)/.test(
    what,
  )

/** Writes at a steady rate while some work is begun, until all jobs that come of it are done. */
export async function measureWritesDuringWork(
  shop: Shop,
  begin: () => Promise<unknown>,
): Promise<Phase> {
  const { stage, client, group, quietLog } = shop
  const from = stage.log().length
  const wal = await walPlace(client)
  const ahead = await withConnection(stage.databaseUrl, (it) =>
    aheadOfWork(it, async (someone) => {
      const done = workThrough(stage, begin)
      const started = performance.now()
      const writes = await runSteadyLoad({
        url: stage.workerd.urlOf('service'),
        token: stage.token,
        perSecond: WRITES_PER_SECOND,
        next: makeEverydayWriteCycle(`${Math.round(started)}`, group, someone(stage.ids)),
        until: done,
      })
      await done
      return { writes, seconds: (performance.now() - started) / 1000 }
    }),
  )
  const { writes, seconds } = ahead
  const { waits, slow } = readLog(stage.log().slice(from))
  return {
    seconds,
    writes,
    waits: waits.filter((one) => !isBackground(one)),
    logBytes: (await walPlace(client)) - wal - quietLog * seconds,
    notes: [
      ...(writes.errors > 0 ? [`${writes.errors} wrong answers`] : []),
      ...sums('took a second', slow),
      ...sums('waited', waits),
    ],
  }
}

const sums = (verb: string, all: readonly Logged[]): string[] =>
  [...Map.groupBy(all, ({ what }) => what)].map(
    ([what, some]) =>
      `${what} ${verb} ${some.length} times, at most ${Math.max(...some.map(({ ms }) => ms)).toFixed(0)} ms`,
  )

/** Works as the consumers of the queue do: one does a long job, the other those of single changes, of which there are always some. */
async function workThrough(stage: BenchService, begin: () => Promise<unknown>): Promise<void> {
  let isLong = true
  const loop = (kinds: readonly string[], most: number, goesOn: () => boolean) =>
    withConnection(stage.databaseUrl, async (client) => {
      for (;;) {
        const isLast = !goesOn()
        const done = await runNextJobs(stage, client, { kinds, most })
        if (isLast && done < most) return
        if (done === 0) await new Promise((resolve) => setTimeout(resolve, 20))
      }
    })
  const long = async () => {
    await begin()
    await loop(['carry_out', 'dissolve_group'], 1, () => false)
    isLong = false
  }
  await Promise.all([long(), loop(['announce', 'judge'], 100, () => isLong)])
}

/** Follows the work of a task. Its ids are of any customers, or of those whom the work comes to next. */
async function aheadOfWork<T>(
  client: pg.Client,
  use: (someone: (ids: readonly string[]) => () => string) => Promise<T>,
): Promise<T> {
  let next: readonly string[] = []
  let isOver = false
  const follow = async () => {
    while (!isOver) {
      const { rows } = await client.query<{ id: string }>(
        `select c.id from (select after from group_task where tenant = $1 and finished_at is null limit 1) t
          cross join lateral (select id from list_entry where tenant = $1 and listed and id > t.after order by id limit 1000) c`,
        [BENCH_TENANT],
      )
      next = rows.map(({ id }) => id)
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
  const following = follow()
  let turn = 0
  try {
    return await use((ids) => () => {
      turn++
      const list = turn % AHEAD === 0 && next.length > 0 ? next : ids
      return list[(turn * 7919) % list.length] ?? ''
    })
  } finally {
    isOver = true
    await following
  }
}

const walPlace = async (client: pg.Client): Promise<number> =>
  Number(
    (await client.query(`select pg_current_wal_insert_lsn() - '0/0'::pg_lsn as bytes`)).rows[0]
      .bytes,
  )
