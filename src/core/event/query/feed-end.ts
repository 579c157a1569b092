import { sql } from 'drizzle-orm'
import { evaluateForEffect } from '#db/statement-builders'
import { call } from '../generated/call.ts'

/** The end of the feed, which the next statement reads: its snapshot must be a later one. */
const HORIZON = 'customer.feed_ends'

/** Notes where the feed ends. A transaction that is running may still add an event beyond that. */
export const noteFeedEnd = evaluateForEffect(
  sql`set_config(${sql.raw(`'${HORIZON}'`)}, ${call.feedEnd()}::text, true)`,
)

/** The end of the feed, which `noteFeedEnd` has noted in an earlier statement of the same use case. */
export const notedFeedEnd = sql`current_setting(${sql.raw(`'${HORIZON}'`)})::bigint`
