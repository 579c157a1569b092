import { sql } from 'drizzle-orm'
import { perform } from '#db/builder'
import { call } from '../generated/call.ts'

/** The end of the feed, which the next statement reads: its snapshot must be a later one. */
const HORIZON = 'customer.feed_ends'

/** Notes where the feed ends. A transaction that is running may still add an event beyond that. */
export const setHorizon = perform(
  sql`set_config(${sql.raw(`'${HORIZON}'`)}, ${call.eventHorizon()}::text, true)`,
)

/** The place that `setHorizon` has noted in an earlier statement of the same use case. */
export const horizon = sql`current_setting(${sql.raw(`'${HORIZON}'`)})::bigint`
