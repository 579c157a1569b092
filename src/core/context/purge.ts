import type { Statement } from '#db/statement'
import { commitQuietly } from './commit.ts'
import type { System } from './context.ts'
import { PURGED_AT_ONCE } from './purge-limit.ts'

type Purge = (values: {
  readonly tenants: readonly string[]
  readonly before: string
}) => Statement<readonly unknown[]>

/** Deletes what is older than `ms`, of the tenants that are configured. True when there may be more. */
export async function purgeOlder(system: System, purge: Purge, ms = 0): Promise<boolean> {
  const before = new Date(system.now.getTime() - ms).toISOString()
  const { gone } = await commitQuietly(system, {
    gone: purge({ tenants: [...system.tenants.keys()], before }),
  })
  return gone.length === PURGED_AT_ONCE
}
