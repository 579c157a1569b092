import { purgeOlder, type SystemContext } from '#core/context'
import * as query from './generated/query.ts'

/** Deletes expired links and mails that could not be sent. True when there may be more. */
export async function purgeMails(system: SystemContext): Promise<boolean> {
  const more = [
    await purgeOlder(system, query.purgeMailTokens),
    await purgeOlder(system, query.purgeUnsentMails, (settings) => settings.mail_retention_days),
  ]
  return more.includes(true)
}
