import type { Statement } from '#db/statement'
import { commitQuietly } from './commit.ts'
import type { System } from './context.ts'
import { PURGED_AT_ONCE } from './purge-limit.ts'
import type { Runner } from './run.ts'

/** Deletes old rows by one statement of `purgeOf`. True when there may be more. */
export async function purgeBatch(
  runner: Runner,
  batch: Statement<readonly unknown[]>,
): Promise<boolean> {
  const { gone } = await commitQuietly(runner, { gone: batch })
  return gone.length === PURGED_AT_ONCE
}

type Purge = (values: {
  readonly tenants: readonly string[]
  readonly before: string
}) => Statement<readonly unknown[]>

/** Deletes rows of the configured tenants that are older than `ms`. True when there may be more. */
export function purgeOlder(system: System, purge: Purge, ms = 0): Promise<boolean> {
  const before = new Date(system.now.getTime() - ms).toISOString()
  return purgeBatch(system, purge({ tenants: [...system.tenants.keys()], before }))
}
