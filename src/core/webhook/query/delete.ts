import { sql } from 'drizzle-orm'
import { webhookTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, pick, refuseWhen } from '#db/statement-builders'
import { noAnswer, useCase } from '#db/use-case'
import { isThisWebhook, lockWebhook, refuseStaleWebhook, webhookRefusals } from '#lock/webhook'
import { hostOfUrl } from './host-of-url.ts'

/** Deletes a webhook. Its row stays until its deliveries are purged. Only the host of its URL stays, because receipts of erasures show it. Refuses `webhook_not_found`, `precondition_failed`. */
export const deleteWebhook = useCase(
  'delete_webhook',
  {
    ...pick(webhookTable, 'tenant', 'id'),
    accepted: sqlType.orNull(sqlType.versions),
    now: webhookTable.updatedAt,
  },
  (p) => [
    lockWebhook(p),
    refuseWhen(webhookRefusals(p)),
    refuseStaleWebhook(p, p.accepted),
    db
      .update(webhookTable)
      .set({
        status: 'deleted',
        url: sql`'https://' || ${hostOfUrl(webhookTable.url)}`,
        description: null,
        secret: '',
        previousSecret: null,
        updatedAt: p.now,
      })
      .where(isThisWebhook(p)),
    noAnswer,
  ],
)
