import { sql } from 'drizzle-orm'
import { before, commitQuietly, rows, type System } from '#core/context'
import { release } from '#db/generated/release'

const ONCE_IN_MS = 3_600_000

/**
 * Notes that a Worker of this release lives, so that the functions it calls are kept. Asked every minute, for a release that was
 * just deployed must be seen soon; written once an hour, for that is exact enough. There is never more to do.
 */
export async function touchRelease(system: System): Promise<boolean> {
  await commitQuietly(system, {
    touched: rows(sql`update release set called_at = ${system.now.toISOString()}::timestamptz
      where id = ${release} and (called_at is null or called_at < ${before(system.now, ONCE_IN_MS)})`),
  })
  return false
}
