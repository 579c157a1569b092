import { lt } from 'drizzle-orm'
import { mailTable, mailTokenTable } from '#db/schema'
import { purgeOf } from '#query/context'

/** Expired links. */
export const purgeMailTokens = purgeOf('purge_mail_tokens', mailTokenTable, (before) =>
  lt(mailTokenTable.expiresAt, before),
)

/** Mails that could not be sent. */
export const purgeUnsentMails = purgeOf('purge_unsent_mails', mailTable, (before) =>
  lt(mailTable.createdAt, before),
)
