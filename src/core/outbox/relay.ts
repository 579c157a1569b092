import { commitWithoutKey, type SystemContext } from '#core/context'
import * as query from './generated/query.ts'

const AT_ONCE = 500

/**
 * Sends the due jobs to the queue (again): those whose sending failed, and those that waited for their time. The time until the next try doubles up to an hour, because a message may only be late. True when there may be more.
 */
export async function relayJobs(system: SystemContext): Promise<boolean> {
  const { due } = await commitWithoutKey(system, {
    due: query.relayJobs({
      tenants: [...system.tenants.keys()],
      now: system.now.toISOString(),
      limit: AT_ONCE,
    }),
  })
  system.outcome.jobs.push(...due)
  return due.length === AT_ONCE
}
