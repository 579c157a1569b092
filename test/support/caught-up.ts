import { inject } from 'vitest'
import { functionNameInDatabase } from '../../dev/functions/function-name-in-database.ts'
import { query } from './rows.ts'
import { until } from './until.ts'

/** Waits until the feed tells all that was written before: transactions that write events hold it back. */
export async function caughtUp(database = inject('database')): Promise<void> {
  const ask = async (text: string, values: readonly unknown[] = []) =>
    (await query<{ answer: unknown }>(`select ${text} as answer`, values, database))[0]?.answer
  const upto = await ask(`coalesce(pg_sequence_last_value('event_place_seq'), 0)`)
  await until(
    async () => (await ask(`${functionNameInDatabase('feed_end')}() >= $1`, [upto])) === true,
  )
}
