import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { BENCH_TENANT, type BenchService } from './bench-service.ts'

const MINUTE_MS = 60_000

/** Does what is due at a moment, as one minute of the clock. True when something is left for the next one. */
export async function runCronMinute(
  stage: BenchService,
  client: pg.Client,
  at: Date,
): Promise<boolean> {
  const answer = await fetch(`${stage.workerd.urlOf('broker')}/cron`, {
    method: 'POST',
    body: JSON.stringify(at),
  })
  const { outcome } = (await answer.json()) as { outcome: string }
  // What a failed minute had is free when its lease is over.
  if (outcome !== 'ok') await sleep(MINUTE_MS)
  const { rows } = await client.query('select from tick where tenant = $1 and due_at <= $2', [
    BENCH_TENANT,
    at,
  ])
  return rows.length > 0
}

export const oneMinuteAfter = (at: Date): Date => new Date(at.getTime() + MINUTE_MS)

/** Minute after minute, without the pause between them, until nothing is left. */
export async function runCronUntilNothingLeft(
  stage: BenchService,
  client: pg.Client,
  from: Date,
): Promise<void> {
  for (let at = from; await runCronMinute(stage, client, at); at = oneMinuteAfter(at));
}
