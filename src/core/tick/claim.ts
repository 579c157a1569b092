import { commitQuietly, type System } from '#core/context'
import * as query from './generated/query.ts'

/** Longer than a cron handler can live. */
const LEASE_MS = 16 * 60_000

type Ticks = { readonly tasks: readonly string[]; readonly lease: Date }

/**
 * Claims the tasks of this moment that no other run has claimed, and any of `known` whose earlier run died or failed. A claim is a
 * lease, so every task must tolerate a repeat.
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

/** Marks tasks as done, for all moments that were claimed with this lease. */
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
