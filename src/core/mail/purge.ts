import { purgeOlder, type System } from '#core/context'
import * as query from './generated/query.ts'

const DAY_MS = 86_400_000
/** Longer than any link works; what was not sent by then is of no use to anyone. */
const UNSENT_MS = 7 * DAY_MS
/** Longer than the day over which the mails to an address are counted. */
const COUNTED_MS = 2 * DAY_MS

/** Forgets links that work no more, mails that could not be sent, and counts that are over. True when there may be more. */
export async function purgeMails(system: System): Promise<boolean> {
  const more = [
    await purgeOlder(system, query.purgeMailTokens),
    await purgeOlder(system, query.purgeUnsentMails, UNSENT_MS),
    await purgeOlder(system, query.purgeMailQuotas, COUNTED_MS),
  ]
  return more.includes(true)
}
