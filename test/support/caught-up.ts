import pg from 'pg'
import { inject } from 'vitest'
import { until } from './until.ts'

/**
 * Waits until the feed tells all that was written before: a transaction that is open anywhere in the
 * cluster, another test's too, holds it back.
 */
export async function caughtUp(database = inject('database')): Promise<void> {
  const client = new pg.Client(database)
  await client.connect()
  try {
    const { rows } = await client.query('select pg_snapshot_xmax(pg_current_snapshot()) as upto')
    await until(async () => {
      const { rowCount } = await client.query(
        'select where pg_snapshot_xmin(pg_current_snapshot()) >= $1',
        [rows[0].upto],
      )
      return rowCount === 1
    })
  } finally {
    await client.end()
  }
}
