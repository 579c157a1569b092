import pg from 'pg'
import { inject } from 'vitest'
import { ownName } from '../../dev/functions/own.ts'
import { until } from './until.ts'

/** Waits until the feed tells all that was written before: transactions that write events hold it back. */
export async function caughtUp(database = inject('database')): Promise<void> {
  const client = new pg.Client(database)
  await client.connect()
  try {
    const { rows } = await client.query(
      `select coalesce(pg_sequence_last_value('event_place_seq'), 0) as upto`,
    )
    await until(async () => {
      const horizon = await client.query(`select ${ownName('event_horizon')}() >= $1 as reached`, [
        rows[0].upto,
      ])
      return horizon.rows[0].reached
    })
  } finally {
    await client.end()
  }
}
