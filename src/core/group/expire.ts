import { type Context, commit, mayUse } from '#core/context'
import { appending } from '#core/outbox'
import * as query from './generated/query.ts'

const AT_ONCE = 100

/**
 * For cron: ends memberships by hand whose time is over, 100 at once, each with an event. Of those whom the rule holds as well, up to 100
 * stay members by rule. True when there are more.
 */
export async function expireMemberships(ctx: Context): Promise<boolean> {
  mayUse(ctx, 'group:write')
  const { expired } = await commit(ctx, {
    expired: query.expireMemberships({ ...appending(ctx), limit: AT_ONCE }),
  })
  return expired[0]?.more === true
}
