import { purgeOldRows, type SystemContext } from '#core/context'
import * as query from './generated/query.ts'

/**
 * Deletes old unproven registrations and failed logins. Deletes changes of an e-mail address that can no longer be confirmed or undone. True when there may be more.
 */
export async function purgeOldAccountRows(system: SystemContext): Promise<boolean> {
  const more = [
    await // The row ends a day after it was made.
    await purgeOldRows(
      system,
      query.purgeAttempts,
      (settings) => settings.attempt_retention_days - 1,
    ),
    await purgeOldRows(system, query.purgeFailures, 1),
    await purgeOldRows(system, query.purgeEmailChanges),
  ]
  return more.includes(true)
}
