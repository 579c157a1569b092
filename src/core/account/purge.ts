import { sql } from 'drizzle-orm'
import { before, ofTenants, purge, type System } from '#core/context'

const DAY_MS = 86_400_000

/**
 * Forgets registrations nobody proved, failed logins of days ago, and moves of an address that can be neither confirmed nor
 * undone any more. True when there may be more.
 */
export async function purgeAttempts(system: System): Promise<boolean> {
  const now = before(system.now, 0)
  const dayAgo = before(system.now, DAY_MS)
  const ours = ofTenants(system)
  const more = [
    await purge(system, 'attempt', sql`expires_at < ${now} and ${ours}`),
    await purge(system, 'failure', sql`last_at < ${dayAgo} and ${ours}`),
    await purge(
      system,
      'email_change',
      sql`created_at < ${dayAgo} and coalesce(undo_until, created_at) < ${now} and ${ours}`,
    ),
  ]
  return more.includes(true)
}
