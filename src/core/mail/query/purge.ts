import { lt } from 'drizzle-orm'
import { mailQuotaTable, mailTable, mailTokenTable } from '#db/schema'
import { purgeOf } from '#query/context'

/** Links that work no more. */
export const purgeMailTokens = purgeOf('purge_mail_tokens', mailTokenTable, (before) =>
  lt(mailTokenTable.expiresAt, before),
)

/** Mails that could not be sent. */
export const purgeUnsentMails = purgeOf('purge_unsent_mails', mailTable, (before) =>
  lt(mailTable.createdAt, before),
)

/** Counts of the mails to one address. */
export const purgeMailQuotas = purgeOf('purge_mail_quotas', mailQuotaTable, (before) =>
  lt(mailQuotaTable.lastAt, before),
)
