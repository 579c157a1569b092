import { sql } from 'drizzle-orm'
import { before, purge, type System } from '#core/context'

/** The provider's access tokens live for a week at the longest. */
const KEPT_FOR_MS = 30 * 86_400_000

/** Forgets access tokens that have expired. True when there may be more. */
export const purgeSessionTokens = (system: System): Promise<boolean> =>
  purge(system, 'session_token', sql`expires_at < ${before(system.now, 0)}`)

/** Forgets who signed out so long ago that no token of then is left. True when there may be more. */
export const purgeSignOuts = (system: System): Promise<boolean> =>
  purge(system, 'signed_out', sql`at < ${before(system.now, KEPT_FOR_MS)}`)
