import { db, pick } from '#db/builder'
import { webhookTable } from '#db/schema'
import { useCase } from '#db/use-case'
import { selectWebhookWithSecret } from './find.ts'

/** Creates an endpoint that gets events from now on. */
export const createWebhook = useCase(
  'create_webhook',
  {
    ...pick(webhookTable, 'tenant', 'id', 'url', 'events', 'description', 'secret'),
    now: webhookTable.createdAt,
  },
  (p) => [
    db.insert(webhookTable).values({ ...p, status: 'enabled', createdAt: p.now, updatedAt: p.now }),
    selectWebhookWithSecret(p),
  ],
)
