import { and, exists, gt, sql } from 'drizzle-orm'
import { webhookTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, pick, refuseWhen } from '#db/statement-builders'
import { useCase } from '#db/use-case'
import { isThisWebhook, lockWebhook, refuseStaleWebhook, webhookRefusals } from '#lock/webhook'
import { stampedChangedAt } from '#query/outbox'
import { selectWebhookWithSecret } from './find.ts'

/**
 * Sets a new secret. The previous one signs too for a time, and until then there is no other rotation. Refuses `webhook_not_found`,
 * `precondition_failed`, `rotation_in_progress`.
 */
export const rotateWebhookSecret = useCase(
  'rotate_webhook_secret',
  {
    ...pick(webhookTable, 'tenant', 'id', 'secret'),
    until: sqlType.moment,
    accepted: sqlType.orNull(sqlType.versions),
    now: webhookTable.updatedAt,
  },
  (p) => [
    lockWebhook(p),
    refuseWhen(webhookRefusals(p)),
    refuseStaleWebhook(p, p.accepted),
    refuseWhen({
      rotation_in_progress: exists(
        db
          .select({ id: webhookTable.id })
          .from(webhookTable)
          .where(and(isThisWebhook(p), gt(webhookTable.previousSecretUntil, p.now))),
      ),
    }),
    db
      .update(webhookTable)
      .set({
        secret: p.secret,
        previousSecret: sql`${webhookTable.secret}`,
        previousSecretUntil: p.until,
        version: sql`${webhookTable.version} + 1`,
        changedAt: stampedChangedAt([{ field: 'secret' }], webhookTable),
        updatedAt: p.now,
      })
      .where(isThisWebhook(p)),
    selectWebhookWithSecret(p),
  ],
)
