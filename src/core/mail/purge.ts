import { purgeOlder, type System } from '#core/context'
import * as query from './generated/query.ts'

const DAY_MS = 86_400_000
/** Longer than any link works, so that a mail that is unsent by then is useless. */
const UNSENT_MS = 8 * DAY_MS

/** Deletes expired links and mails that could not be sent. True when there may be more. */
export async function purgeMails(system: System): Promise<boolean> {
  const more = [
    await purgeOlder(system, query.purgeMailTokens),
    await purgeOlder(system, query.purgeUnsentMails, UNSENT_MS),
  ]
  return more.includes(true)
}
