import { commitQuietly, type System } from '#core/context'
import { degraded } from '#db/fallback'
import { BEHIND_MS } from './behind.ts'
import * as query from './generated/query.ts'

const WITHIN_MS = 3000
/** However often it is asked, it writes no more than once in this time. */
const WRITTEN_FOR_MS = 10_000

type Readiness = {
  /** The use cases whose functions are missing. */
  readonly degraded: readonly string[]
  /** The age in seconds of the oldest transaction that the feed waits for; null: there is none. */
  readonly oldestWriter: number | null
  /** The tasks of the clock that have been due for long, and since when. */
  readonly behind: readonly { readonly task: string; readonly since: string }[]
}

/** Checks that the database serves reads and writes. Refuses `database_unavailable`. */
export async function checkDatabase(
  system: Pick<System, 'db' | 'now' | 'outcome' | 'tenants'>,
): Promise<Readiness> {
  const { db, outcome, now } = system
  const ago = (ms: number) => new Date(now.getTime() - ms).toISOString()
  const { found, behind } = await commitQuietly(
    { db, outcome },
    {
      found: query.checkDatabase({ now: now.toISOString(), before: ago(WRITTEN_FOR_MS) }),
      behind: query.listBehind({ tenants: [...system.tenants.keys()], before: ago(BEHIND_MS) }),
    },
    { timeout: WITHIN_MS },
  )
  return { degraded: degraded(), oldestWriter: found[0]?.oldestWriter ?? null, behind }
}
