import { purgeOlder, type System } from '#core/context'
import * as query from './generated/query.ts'

/**
 * Deletes unproven registrations, failed logins of days ago, and moves of an address that can be neither confirmed nor undone any
 * more. True when there may be more.
 */
export async function purgeAttempts(system: System): Promise<boolean> {
  const more = [
    await // The row ends a day after it was made.
    await purgeOlder(
      system,
      query.purgeAttempts,
      (settings) => settings.attempt_retention_days - 1,
    ),
    await purgeOlder(system, query.purgeFailures, 1),
    await purgeOlder(system, query.purgeEmailChanges),
  ]
  return more.includes(true)
}
