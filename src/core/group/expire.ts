import { sql } from 'drizzle-orm'
import { type Context, commit, mayUse } from '#core/context'
import { emitEach } from '#core/outbox'

const AT_ONCE = 500

/** The clock's: ends memberships whose time is over, some 500 at once, each with an event. True when there may be more. */
export async function expireMemberships(ctx: Context): Promise<boolean> {
  mayUse(ctx, 'group:write')
  const { ended } = await commit(ctx, {
    ended: emitEach(ctx, {
      type: 'customer.group_removed',
      changed: ['groups'],
      changes: sql`expire_members(${ctx.tenant}, ${AT_ONCE}::int, ${ctx.now.toISOString()}::timestamptz)`,
    }),
  })
  return ended >= AT_ONCE
}
