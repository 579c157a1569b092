import { type SQL, sql } from 'drizzle-orm'
import type { Statement } from '#db/statement'
import { commitQuietly } from './commit.ts'
import type { System } from './context.ts'
import { PURGED_AT_ONCE } from './purge-limit.ts'
import type { Runner } from './run.ts'
import { one } from './statement.ts'

/**
 * Deletes rows that nothing points to, a bounded number at once and never waiting for a row that someone holds, so that nobody
 * waits for it. True when there may be more.
 */
export async function purge(runner: Runner, table: string, old: SQL): Promise<boolean> {
  const name = sql.identifier(table)
  const { gone } = await commitQuietly(runner, {
    gone: one<{ gone: number }>(sql`with gone as (
        delete from ${name} where ctid = any(array(
          select ctid from ${name} where ${old} limit ${PURGED_AT_ONCE}::int for update skip locked))
        returning 1)
      select count(*)::int as gone from gone`),
  })
  return gone.gone === PURGED_AT_ONCE
}

export const before = (now: Date, ms: number): SQL =>
  sql`${new Date(now.getTime() - ms).toISOString()}::timestamptz`

/** Rows of the tenants that are configured; another deployment may keep its own in the same database. */
export const ofTenants = ({ tenants }: System): SQL =>
  sql`tenant = any(${sql.param([...tenants.keys()])}::text[])`

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
