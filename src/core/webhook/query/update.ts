import { and, sql } from 'drizzle-orm'
import { inputColumns } from '#db/input-fields'
import { changesFromParameters, isFieldNamed, patchOf } from '#db/patch'
import { webhookTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, pick, refuseWhen } from '#db/statement-builders'
import { useCase } from '#db/use-case'
import { isThisWebhook, lockWebhook, refuseStaleWebhook, webhookRefusals } from '#lock/webhook'
import { stampedChangedAt } from '#query/outbox'
import { webhookFields } from '../field-list.ts'
import { selectWebhook } from './find.ts'

const written = {
  ...inputColumns(webhookFields, webhookTable),
  ...pick(webhookTable, 'url', 'events', 'status'),
}

/**
 * Changes the named fields that differ. After any change the endpoint counts as working again. Refuses `webhook_not_found`,
 * `precondition_failed`.
 */
export const updateWebhook = useCase(
  'update_webhook',
  {
    ...written,
    ...pick(webhookTable, 'tenant', 'id'),
    /** The fields that the caller names; the others stay as they are. */
    named: sqlType.texts,
    accepted: sqlType.orNull(sqlType.versions),
    now: webhookTable.updatedAt,
  },
  (p) => {
    const patch = patchOf(p.named, changesFromParameters(written, p))
    const reason = sql`case when ${p.status} = 'disabled' then 'asked' end`
    return [
      lockWebhook(p),
      refuseWhen(webhookRefusals(p)),
      refuseStaleWebhook(p, p.accepted),
      db
        .update(webhookTable)
        .set({
          ...patch.set,
          disabledReason: sql`case when ${isFieldNamed(p.named, 'status')} then ${reason} else ${webhookTable.disabledReason} end`,
          version: sql`${webhookTable.version} + 1`,
          changedAt: stampedChangedAt(patch.stamps, webhookTable),
          updatedAt: p.now,
          failingSince: null,
          pausedUntil: null,
        })
        .where(and(isThisWebhook(p), patch.differs)),
      selectWebhook(p),
    ]
  },
)
