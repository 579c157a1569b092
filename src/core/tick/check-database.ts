import { type Context, commitWithoutKey, type SystemContext } from '#core/context'
import { degradedUseCases } from '#db/missing-functions-and-statements'
import { type Backlog, toBacklog } from './backlog.ts'
import { BEHIND_MS } from './behind-threshold.ts'
import * as query from './generated/query.ts'

const WITHIN_MS = 3000
/** It writes at most once in this time, however often it is called. */
const WRITTEN_FOR_MS = 10_000

type Readiness = {
  /** The use cases whose functions are missing. */
  readonly degraded: readonly string[]
  /** The age in seconds of the oldest transaction that the feed waits for; null: there is none. */
  readonly oldestWriter: number | null
  /** The tasks of the clock that have been due for long, and since when. */
  readonly behind: readonly { readonly task: string; readonly since: string }[]
  /** The backlog of the asker's shop; null: there is no asker. */
  readonly backlog: Backlog | null
}

/**
 * Checks that the database serves reads and writes. Refuses `database_unavailable`, and `invalid_token` if the asker's token was revoked.
 * @param asker a service, whose shop's backlog is read in the same trip.
 */
export async function checkDatabase(
  system: Pick<SystemContext, 'db' | 'now' | 'outcome' | 'tenants'>,
  asker: Context | null,
): Promise<Readiness> {
  const { db, outcome, now } = system
  const ago = (ms: number) => new Date(now.getTime() - ms).toISOString()
  const asked = { now: now.toISOString() }
  const { found, behind, backlog } = await commitWithoutKey(
    asker ?? { db, outcome },
    {
      ...(asker && { backlog: query.findBacklog({ ...asked, tenant: asker.tenant }) }),
      found: query.writeReadinessProbe({ ...asked, before: ago(WRITTEN_FOR_MS) }),
      behind: query.listTasksBehind({
        tenants: [...system.tenants.keys()],
        before: ago(BEHIND_MS),
      }),
    },
    { timeout: WITHIN_MS },
  )
  return {
    degraded: degradedUseCases(),
    oldestWriter: found[0]?.oldestWriter ?? null,
    behind,
    backlog: backlog === undefined ? null : toBacklog(backlog),
  }
}
