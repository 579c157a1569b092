import type pg from 'pg'
import { query } from './rows.ts'
import { until } from './until.ts'

/**
 * Until another session waits for what this one has locked. Resolves with false if it never will.
 * @param calling a part of the statement that waits.
 */
export async function untilWaitedFor(
  client: pg.Client,
  calling = '',
  isOver: () => boolean = () => false,
): Promise<boolean> {
  const { rows } = await client.query('select pg_backend_pid() as pid')
  let waited = false
  await until(async () => {
    if (isOver()) return true
    const waiting = await query(
      `select from pg_stat_activity where query like '%' || $2 || '%' and $1 = any(pg_blocking_pids(pid))`,
      [rows[0].pid, calling],
    )
    waited = waiting.length > 0
    return waited
  })
  return waited
}
