import pg from 'pg'
import { inject } from 'vitest'
import { query } from './rows.ts'
import { until } from './until.ts'

/** Does the work while a transaction is about to commit that it has to wait for; the answer comes after that. */
export async function meanwhile<T>(
  statement: string,
  values: readonly unknown[],
  work: () => Promise<T>,
): Promise<T> {
  const client = new pg.Client(inject('database'))
  await client.connect()
  try {
    const { rows } = await client.query('select pg_backend_pid() as pid')
    await client.query('begin')
    await client.query(statement, [...values])
    const done = work()
    await until(async () => {
      const waiting = await query('select from pg_locks where $1 = any(pg_blocking_pids(pid))', [
        rows[0].pid,
      ])
      return waiting.length > 0
    })
    await client.query('commit')
    return await done
  } finally {
    await client.end()
  }
}
