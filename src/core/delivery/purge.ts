import { sql } from 'drizzle-orm'
import { before, purge, type System } from '#core/context'
import { textArray } from '#core/outbox'

const KEPT_FOR_MS = 30 * 86_400_000

/** Forgets deliveries that arrived or failed for good 30 days ago. True when there may be more. */
export const purgeDeliveries = (system: System): Promise<boolean> =>
  purge(
    system,
    'delivery',
    sql`settled_at < ${before(system.now, KEPT_FOR_MS)} and ${ours(system)}`,
  )

/** Forgets the deliveries of webhooks that were deleted. True when there may be more. */
export const purgeOrphans = (system: System): Promise<boolean> =>
  purge(
    system,
    'delivery',
    sql`(tenant, webhook_id) in (select tenant, id from webhook where status = 'deleted') and ${ours(system)}`,
  )

const ours = (system: System) => sql`tenant = any(${textArray([...system.tenants.keys()])})`
