import { sql } from 'drizzle-orm'
import { db, pick, refuseWhen } from '#db/builder'
import { kind } from '#db/kind'
import { webhookTable } from '#db/schema'
import { noAnswer, useCase } from '#db/use-case'
import { isWebhook, lockWebhook, refuseStaleWebhook, webhookRefusals } from '#lock/webhook'
import { hostOf } from './host.ts'

/** Deletes a webhook. Its row stays until its deliveries are purged, with its host alone: receipts of erasures name that. Refuses `webhook_not_found`, `precondition_failed`. */
export const deleteWebhook = useCase(
  'delete_webhook',
  {
    ...pick(webhookTable, 'tenant', 'id'),
    accepted: kind.orNull(kind.versions),
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
        url: sql`'https://' || ${hostOf(webhookTable.url)}`,
        description: null,
        secret: '',
        previousSecret: null,
        updatedAt: p.now,
      })
      .where(isWebhook(p)),
    noAnswer,
  ],
)
