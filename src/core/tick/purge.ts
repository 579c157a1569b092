import { sql } from 'drizzle-orm'
import { before, purge, type System } from '#core/context'

const KEPT_FOR_MS = 3 * 86_400_000

/** Forgets which tasks ran days ago. True when there may be more. */
export const purgeTicks = (system: System): Promise<boolean> =>
  purge(system, 'tick', sql`scheduled_at < ${before(system.now, KEPT_FOR_MS)}`)
