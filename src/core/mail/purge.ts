import { sql } from 'drizzle-orm'
import { before, ofTenants, purge, type System } from '#core/context'

const DAY_MS = 86_400_000
/** Longer than any link works; what was not sent by then is of no use to anyone. */
const UNSENT_MS = 7 * DAY_MS
/** Longer than the day over which the mails to an address are counted. */
const COUNTED_MS = 2 * DAY_MS

/** Forgets links that work no more, mails that could not be sent, and counts that are over. True when there may be more. */
export async function purgeMails(system: System): Promise<boolean> {
  const ours = ofTenants(system)
  const more = [
    await purge(system, 'mail_token', sql`expires_at < ${before(system.now, 0)} and ${ours}`),
    await purge(system, 'mail', sql`created_at < ${before(system.now, UNSENT_MS)} and ${ours}`),
    await purge(system, 'mail_quota', sql`last_at < ${before(system.now, COUNTED_MS)} and ${ours}`),
  ]
  return more.includes(true)
}
