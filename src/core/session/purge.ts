import { sql } from 'drizzle-orm'
import { before, ofTenants, purge, type System } from '#core/context'

/** Forgets sessions that have run out. True when there may be more. */
export const purgeSessions = (system: System): Promise<boolean> =>
  purge(system, 'session', sql`expires_at < ${before(system.now, 0)} and ${ofTenants(system)}`)
