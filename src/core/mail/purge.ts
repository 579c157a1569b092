import { purgeOldRows, type SystemContext } from '#core/context'
import * as query from './generated/query.ts'

/** Deletes expired links and mails that could not be sent. True when there may be more. */
export async function purgeMailsAndTokens(system: SystemContext): Promise<boolean> {
  const more = [
    await purgeOldRows(system, query.purgeMailTokens),
    await purgeOldRows(system, query.purgeUnsentMails, (settings) => settings.mail_retention_days),
  ]
  return more.includes(true)
}
