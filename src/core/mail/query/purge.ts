import { lt } from 'drizzle-orm'
import { mailTable, mailTokenTable } from '#db/schema'
import { purgeUseCase } from '#query/context'

/** Expired links. */
export const purgeMailTokens = purgeUseCase('purge_mail_tokens', mailTokenTable, (before) =>
  lt(mailTokenTable.expiresAt, before),
)

/** Mails that could not be sent. */
export const purgeUnsentMails = purgeUseCase('purge_unsent_mails', mailTable, (before) =>
  lt(mailTable.createdAt, before),
)
