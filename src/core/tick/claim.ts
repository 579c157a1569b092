import { sql } from 'drizzle-orm'
import { commitQuietly, rows, type System } from '#core/context'
import { textArray } from '#core/outbox'

/** Longer than a cron handler can live. */
const LEASE_MS = 16 * 60_000

export type Ticks = { readonly tasks: readonly string[]; readonly lease: Date }

/**
 * Which of the tasks that are scheduled for this moment are ours to do: those that nobody has claimed, and any of `known` whose
 * run died or failed before. A claim is a lease, so every task must bear being done again.
 */
export async function claimTicks(
  system: System,
  scheduledAt: Date,
  scheduled: readonly string[],
  known: readonly string[],
): Promise<Ticks> {
  const now = sql`${system.now.toISOString()}::timestamptz`
  const lease = new Date(system.now.getTime() + LEASE_MS)
  const until = sql`${lease.toISOString()}::timestamptz`
  const free = sql`tick.done_at is null and tick.leased_until < ${now}`
  const { claimed, orphaned } = await commitQuietly(system, {
    claimed: rows<{ task: string }>(sql`insert into tick (task, scheduled_at, leased_until)
      select task, ${scheduledAt.toISOString()}::timestamptz, ${until} from unnest(${textArray(scheduled)}) task
      on conflict (task, scheduled_at) do update set leased_until = excluded.leased_until where ${free}
      returning task`),
    orphaned: rows<{ task: string }>(sql`update tick set leased_until = ${until}
      where (task, scheduled_at) in (
        select task, scheduled_at from tick where ${free} and task = any(${textArray(known)}) for update skip locked)
      returning task`),
  })
  return { tasks: [...new Set([...claimed, ...orphaned].map(({ task }) => task))], lease }
}

/** These tasks are done, for every moment that was claimed with this lease. */
export async function finishTicks(
  system: System,
  tasks: readonly string[],
  lease: Date,
): Promise<void> {
  await commitQuietly(system, {
    done: rows(sql`update tick set done_at = ${system.now.toISOString()}::timestamptz
      where task = any(${textArray(tasks)}) and done_at is null and leased_until = ${lease.toISOString()}::timestamptz`),
  })
}
