import { commitQuietly, type System } from '#core/context'
import { release } from '#db/generated/release'
import * as query from './generated/query.ts'

const ONCE_IN_MS = 3_600_000

/**
 * Notes that a Worker of this release lives, so that the functions it calls are kept. Asked every minute, for a release that was
 * just deployed must be seen soon; written once an hour, for that is exact enough. There is never more to do.
 */
export async function touchRelease(system: System): Promise<boolean> {
  const { now } = system
  const before = new Date(now.getTime() - ONCE_IN_MS).toISOString()
  await commitQuietly(system, {
    touched: query.touchRelease({ id: release, now: now.toISOString(), before }),
  })
  return false
}
