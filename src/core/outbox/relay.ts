import { sql } from 'drizzle-orm'
import { commitQuietly, type JobMessage, rows, type System } from '#core/context'
import { textArray } from './text-array.ts'

const AT_ONCE = 500

/**
 * Sends the jobs that are due to the queue (again): those whose sending failed, and those that waited for their time. Until the
 * next try of one the minutes double, up to an hour, for its message may only be slow. True when there may be more.
 */
export async function relayJobs(system: System): Promise<boolean> {
  const { sent } = await commitQuietly(system, {
    sent: rows<JobMessage>(sql`update job set relays = relays + 1,
        due_at = ${system.now.toISOString()}::timestamptz + least(interval '1 minute' * 2 ^ least(relays + 1, 10), interval '1 hour')
      where (tenant, id) in (
        select tenant, id from job
        where due_at <= ${system.now.toISOString()}::timestamptz and tenant = any(${textArray([...system.tenants.keys()])})
        order by due_at limit ${AT_ONCE}::int for update skip locked)
      returning tenant, id, kind`),
  })
  system.outcome.jobs.push(...sent)
  return sent.length === AT_ONCE
}
