import { type Context, commit } from '#core/context'
import { appending } from '#core/outbox'
import * as query from './generated/query.ts'

/** For cron: appends the events of bounds that were reached and of accounts that are locked, one of each kind at once. True when there may be more. */
export async function appendLimits(ctx: Context): Promise<boolean> {
  const told = await commit(ctx, {
    locked: query.appendLocked(appending(ctx)),
    ofTries: query.appendLimitOfTries(appending(ctx)),
    ofMails: query.appendLimitOfMails(appending(ctx)),
  })
  return Object.values(told).some(([row]) => row?.more === true)
}
