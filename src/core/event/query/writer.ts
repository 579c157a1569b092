import { sql } from 'drizzle-orm'
import { kind } from '#db/kind'
import { call } from '../generated/call.ts'

/** The age in seconds of the oldest transaction that the feed waits for; null: there is none. */
export const oldestWriter = () => kind.orNull(kind.int)(sql`${call.oldestEventWriter()}`)
