import { sql } from 'drizzle-orm'
import { type Context, commit, mayUse, rows } from '#core/context'
import { leaveGroup } from './leave.ts'
import { lockGroup } from './lock.ts'

/**
 * The group is no more, to whoever asks. Its members leave it, each with an event: up to 500 at once, the others by a job within
 * the next moments. Refuses `group_not_found`, `precondition_failed`.
 */
export async function deleteGroup(ctx: Context, key: string): Promise<void> {
  mayUse(ctx, 'group:write')
  await commit(ctx, {
    group: lockGroup(ctx, key),
    closed: rows(sql`update "group" set dissolved_at = ${ctx.now.toISOString()}::timestamptz
      where tenant = ${ctx.tenant} and key = ${key}`),
    ...leaveGroup(ctx, key),
  })
}
