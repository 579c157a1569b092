import { commitQuietly, type System } from '#core/context'
import * as query from './generated/query.ts'

const AT_ONCE = 500

/**
 * Sends the jobs that are due to the queue (again): those whose sending failed, and those that waited for their time. Until the
 * next try of one the minutes double, up to an hour, for its message may only be slow. True when there may be more.
 */
export async function relayJobs(system: System): Promise<boolean> {
  const { due } = await commitQuietly(system, {
    due: query.relayJobs({
      tenants: [...system.tenants.keys()],
      now: system.now.toISOString(),
      limit: AT_ONCE,
    }),
  })
  system.outcome.jobs.push(...due)
  return due.length === AT_ONCE
}
