import { sql } from 'drizzle-orm'
import { before, purge, type System } from '#core/context'
import { textArray } from '#core/outbox'

const KEPT_FOR_MS = 86_400_000

/** Forgets webhooks that were deleted, once their deliveries are gone. True when there may be more. */
export const purgeWebhooks = (system: System): Promise<boolean> =>
  purge(
    system,
    'webhook',
    sql`status = 'deleted' and updated_at < ${before(system.now, KEPT_FOR_MS)}
      and tenant = any(${textArray([...system.tenants.keys()])})
      and not exists (select from delivery where delivery.tenant = webhook.tenant and delivery.webhook_id = webhook.id)`,
  )
