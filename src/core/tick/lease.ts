import { commitQuietly, type System } from '#core/context'
import * as query from './generated/query.ts'

/** Longer than a run and the last statement that it leaves behind, and short, for what a dead run had waits for it. */
const LEASE_MS = 2 * 60_000
/** A task that a release has dropped is forgotten, unless another release has had it since. */
const FORGOTTEN_AFTER_MS = 60 * 60_000

/** A task of a tenant that is due. */
export type Due = {
  readonly tenant: string
  readonly task: string
  readonly dueAt: string
  readonly told: boolean
}

type Claim = { readonly due: readonly Due[]; readonly lease: Date }

/**
 * Leases the tasks that are due at this moment: those whose time it is, and those that were cut short, failed, missed, or died with
 * their run. Nobody else has them meanwhile; who dies may have done a part, so every task must tolerate a repeat.
 */
export async function leaseTicks(
  system: System,
  at: Date,
  tasks: readonly string[],
): Promise<Claim> {
  const now = system.now.getTime()
  const lease = new Date(now + LEASE_MS)
  const { due } = await commitQuietly(system, {
    due: query.leaseTicks({
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
