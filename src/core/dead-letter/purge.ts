import { sql } from 'drizzle-orm'
import { before, type Context, purge } from '#core/context'

/** Forgets dead letters that are as old as the oldest events. True when there may be more. */
export const purgeDeadLetters = (ctx: Context): Promise<boolean> =>
  purge(
    ctx,
    'dead_letter',
    sql`tenant = ${ctx.tenant} and created_at < ${before(ctx.now, ctx.settings.event_retention_days * 86_400_000)}`,
  )
