import { commitWithoutKey, type SystemContext } from '#core/context'
import * as query from './generated/query.ts'

/** Longer than a run with its last statement. It is short, because the tasks of a dead run wait until its lease ends. */
const LEASE_MS = 2 * 60_000
/** A task that this release does not know is deleted after this time, unless another release has run it since. */
const FORGOTTEN_AFTER_MS = 60 * 60_000

/** A task of a tenant that is due. */
export type DueClockTask = {
  readonly tenant: string
  readonly task: string
  readonly dueAt: string
  readonly told: boolean
}

type Claim = { readonly due: readonly DueClockTask[]; readonly lease: Date }

/**
 * Leases the tasks that are due at this moment, also those that were missed, failed or not finished. Nobody else gets them during the lease. A run that dies may have done a part, so every task must tolerate a repeat.
 */
export async function leaseClockTasks(
  system: SystemContext,
  at: Date,
  tasks: readonly string[],
): Promise<Claim> {
  const now = system.now.getTime()
  const lease = new Date(now + LEASE_MS)
  const { due } = await commitWithoutKey(system, {
    due: query.leaseClockTasks({
      tasks,
      tenants: [...system.tenants.keys()],
      at: at.toISOString(),
      now: system.now.toISOString(),
      until: lease.toISOString(),
      forgotten: new Date(now - FORGOTTEN_AFTER_MS).toISOString(),
    }),
  })
  return { due, lease }
}
