import { inputColumns } from '#db/input-fields'
import { webhookTable } from '#db/schema'
import { db, pick } from '#db/statement-builders'
import { useCase } from '#db/use-case'
import { webhookFields } from '../field-list.ts'
import { selectWebhookWithSecret } from './find.ts'

/** Creates an endpoint that gets events from now on. */
export const createWebhook = useCase(
  'create_webhook',
  {
    ...inputColumns(webhookFields, webhookTable),
    ...pick(webhookTable, 'tenant', 'id', 'url', 'events', 'secret'),
    now: webhookTable.createdAt,
  },
  (p) => [
    db.insert(webhookTable).values({ ...p, status: 'enabled', createdAt: p.now, updatedAt: p.now }),
    selectWebhookWithSecret(p),
  ],
)
