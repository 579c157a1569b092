import { type Context, commit } from '#core/context'
import { newEventValues } from '#core/outbox'
import * as query from './generated/query.ts'

/** For cron: appends events for bounds that were reached and for locked accounts. One call appends at most one event of each kind. True when there may be more. */
export async function appendLimitEvents(ctx: Context): Promise<boolean> {
  const told = await commit(ctx, {
    locked: query.appendLockedEvent(newEventValues(ctx)),
    ofTries: query.appendTryLimitEvent(newEventValues(ctx)),
    ofMails: query.appendMailLimitEvent(newEventValues(ctx)),
  })
  return Object.values(told).some(([row]) => row?.more === true)
}
