import { purgeOlder, type System } from '#core/context'
import * as query from './generated/query.ts'

const DAY_MS = 86_400_000

/**
 * Forgets registrations nobody proved, failed logins of days ago, and moves of an address that can be neither confirmed nor
 * undone any more. True when there may be more.
 */
export async function purgeAttempts(system: System): Promise<boolean> {
  const more = [
    await purgeOlder(system, query.purgeAttempts),
    await purgeOlder(system, query.purgeFailures, DAY_MS),
    await purgeOlder(system, query.purgeEmailChanges),
  ]
  return more.includes(true)
}
