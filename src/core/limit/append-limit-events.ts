import { type Context, commit } from '#core/context'
import { appendEventValues } from '#core/outbox'
import * as query from './generated/query.ts'

/** For cron: appends events for bounds that were reached and for locked accounts. One call appends at most one event of each kind. True when there may be more. */
export async function appendLimitEvents(ctx: Context): Promise<boolean> {
  const told = await commit(ctx, {
    locked: query.appendLockedEvent(appendEventValues(ctx)),
    ofTries: query.appendTryLimitEvent(appendEventValues(ctx)),
    ofMails: query.appendMailLimitEvent(appendEventValues(ctx)),
  })
  return Object.values(told).some(([row]) => row?.more === true)
}
