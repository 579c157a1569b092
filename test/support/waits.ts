import type pg from 'pg'
import { query } from './rows.ts'
import { until } from './until.ts'

/**
 * Whether the work waits for what this session has locked: true as soon as it does, false when it is over without.
 * @param calling a part of the statement that waits.
 */
export async function isWaitedFor(
  client: pg.Client,
  work: Promise<unknown>,
  calling = '',
): Promise<boolean> {
  const { rows } = await client.query('select pg_backend_pid() as pid')
  let waited = false
  let isOver = false
  const over = () => {
    isOver = true
  }
  work.then(over, over)
  await until(async () => {
    if (isOver) return true
    const waiting = await query(
      `select from pg_stat_activity where query like '%' || $2 || '%' and $1 = any(pg_blocking_pids(pid))`,
      [rows[0].pid, calling],
    )
    waited = waiting.length > 0
    return waited
  })
  return waited
}

/** Until the work waits for what this session has locked. Work that is over without is a mistake. */
export async function untilWaitedFor(
  client: pg.Client,
  work: Promise<unknown>,
  calling?: string,
): Promise<void> {
  if (!(await isWaitedFor(client, work, calling))) throw new Error('it did not wait')
}
