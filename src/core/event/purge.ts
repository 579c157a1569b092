import { sql } from 'drizzle-orm'
import { before, type Context, purge } from '#core/context'

/**
 * Forgets events that are older than the setting says, and what became of their deliveries; not those that are still on their
 * way to somebody. True when there may be more.
 */
export const purgeEvents = (ctx: Context): Promise<boolean> =>
  purge(
    ctx,
    'event',
    sql`tenant = ${ctx.tenant} and at < ${before(ctx.now, ctx.settings.event_retention_days * 86_400_000)}
      and not exists (select from delivery
        where delivery.tenant = event.tenant and delivery.event_id = event.id and delivery.status = 'pending')`,
  )
