import type pg from 'pg'
import { query } from './rows.ts'
import { until } from './until.ts'

/** A backend that waits, and the tables of which it holds rows that it has written, or began to write when it had to wait. */
type Waiting = { readonly wrote: readonly string[] }

/**
 * Resolves with who waits for what this session has locked, as soon as somebody does; with null when the work is over without.
 * @param calling a part of the statement that waits.
 */
export async function findWaiting(
  client: pg.ClientBase,
  work: Promise<unknown>,
  calling = '',
): Promise<Waiting | null> {
  const { rows } = await client.query('select pg_backend_pid() as pid')
  let found: Waiting | null = null
  let isOver = false
  const over = () => {
    isOver = true
  }
  work.then(over, over)
  await until(async () => {
    if (isOver) return true
    const [waiting] = await query<Waiting>(
      `select array(select c.relname::text from pg_locks l join pg_class c on c.oid = l.relation
          where l.pid = a.pid and l.mode = 'RowExclusiveLock' and c.relkind = 'r' order by 1) as wrote
        from pg_stat_activity a where query like '%' || $2 || '%' and $1 = any(pg_blocking_pids(pid))`,
      [rows[0].pid, calling],
    )
    found = waiting ?? null
    return found !== null
  })
  return found
}

/** Until the work waits for what this session has locked. Work that is over without is a mistake. */
export async function untilWaitedFor(
  client: pg.ClientBase,
  work: Promise<unknown>,
  calling?: string,
): Promise<void> {
  if ((await findWaiting(client, work, calling)) === null) throw new Error('it did not wait')
}
