import type { Statement } from '#db/statement'
import { commitWithoutKey } from './commit.ts'
import type { SystemContext } from './context.ts'
import { MAX_ROWS_PER_PURGE } from './purge-limit.ts'
import type { Runner } from './run-statements.ts'
import type { Settings } from './settings.ts'

/** Deletes old rows by one statement of `purgeUseCase`. True when there may be more. */
export async function purgeBatch(
  runner: Runner,
  batch: Statement<readonly unknown[]>,
): Promise<boolean> {
  const { gone } = await commitWithoutKey(runner, { gone: batch })
  return gone.length === MAX_ROWS_PER_PURGE
}

type Purge = (values: {
  readonly tenants: readonly string[]
  readonly before: string
}) => Statement<readonly unknown[]>

const DAY_MS = 86_400_000

/**
 * Deletes old rows of the configured tenants. The age in days is fixed, or a setting of each tenant. True when there may be more.
 */
export async function purgeOldRows(
  system: SystemContext,
  purge: Purge,
  days: number | ((settings: Settings) => number) = 0,
): Promise<boolean> {
  const daysOf = typeof days === 'number' ? () => days : days
  const alike = Map.groupBy(system.tenants, ([, settings]) => daysOf(settings))
  const more: boolean[] = []
  for (const [kept, tenants] of alike) {
    const before = new Date(system.now.getTime() - kept * DAY_MS).toISOString()
    const batch = purge({ tenants: tenants.map(([key]) => key), before })
    more.push(await purgeBatch(system, batch))
  }
  return more.includes(true)
}
