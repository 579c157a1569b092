import { type Context, commit, mustHaveScope } from '#core/context'
import { newEventValues } from '#core/outbox'
import * as query from './generated/query.ts'

const AT_ONCE = 100

/**
 * For cron: ends memberships by hand whose time is over, 100 at once, each with an event. Up to 100 more lose only the membership by hand, because the rule holds them as well. True when there are more.
 */
export async function expireMemberships(ctx: Context): Promise<boolean> {
  mustHaveScope(ctx, 'group:write')
  const { expired } = await commit(ctx, {
    expired: query.expireMemberships({ ...newEventValues(ctx), limit: AT_ONCE }),
  })
  return expired[0]?.more === true
}
