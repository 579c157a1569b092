import { type Context, commit, mayUse } from '#core/context'
import { appending } from '#core/outbox'
import * as query from './generated/query.ts'

const AT_ONCE = 500

/** The clock's: ends memberships whose time is over, 500 at once, each with an event. True when there may be more. */
export async function expireMemberships(ctx: Context): Promise<boolean> {
  mayUse(ctx, 'group:write')
  const { ended } = await commit(ctx, {
    ended: query.expireMemberships({ ...appending(ctx), limit: AT_ONCE }),
  })
  return ended[0]?.count === AT_ONCE
}
