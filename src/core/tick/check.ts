import { commitQuietly, type System } from '#core/context'
import { degraded } from '#db/fallback'
import * as query from './generated/query.ts'

const WITHIN_MS = 3000
/** However often it is asked, it writes no more than once in this time. */
const WRITTEN_FOR_MS = 10_000

type Readiness = {
  /** The use cases whose functions are missing. */
  readonly degraded: readonly string[]
  /** The age in seconds of the oldest transaction that the feed waits for; null: there is none. */
  readonly oldestWriter: number | null
}

/** Checks that the database serves reads and writes. Refuses `database_unavailable`. */
export async function checkDatabase(
  system: Pick<System, 'db' | 'now' | 'outcome'>,
): Promise<Readiness> {
  const { db, outcome, now } = system
  const before = new Date(now.getTime() - WRITTEN_FOR_MS)
  const { found } = await commitQuietly(
    { db, outcome },
    { found: query.checkDatabase({ now: now.toISOString(), before: before.toISOString() }) },
    { timeout: WITHIN_MS },
  )
  return { degraded: degraded(), oldestWriter: found[0]?.oldestWriter ?? null }
}
