import { commitQuietly, type System } from '#core/context'
import * as query from './generated/query.ts'

/** Longer than a cron handler can live. */
const LEASE_MS = 16 * 60_000

type Ticks = { readonly tasks: readonly string[]; readonly lease: Date }

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
  const now = system.now.toISOString()
  const lease = new Date(system.now.getTime() + LEASE_MS)
  const until = lease.toISOString()
  const { claimed, orphaned } = await commitQuietly(system, {
    claimed: query.claimTicks({
      tasks: scheduled,
      scheduledAt: scheduledAt.toISOString(),
      until,
      now,
    }),
    orphaned: query.claimOrphans({ tasks: known, until, now }),
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
    done: query.finishTicks({
      tasks,
      lease: lease.toISOString(),
      now: system.now.toISOString(),
    }),
  })
}
