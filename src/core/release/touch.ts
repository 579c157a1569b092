import { commitWithoutKey, type SystemContext } from '#core/context'
import { release } from '#db/generated/release'
import * as query from './generated/query.ts'

const ONCE_IN_MS = 3_600_000

/**
 * Stores that a Worker of this release is alive, so that its functions are not dropped. It runs every minute, for a new release must
 * be seen soon, and writes once an hour, which is exact enough. There is never more to do.
 */
export async function touchRelease(system: SystemContext): Promise<boolean> {
  const { now } = system
  const before = new Date(now.getTime() - ONCE_IN_MS).toISOString()
  await commitWithoutKey(system, {
    touched: query.touchRelease({ id: release, now: now.toISOString(), before }),
  })
  return false
}
