import { sql } from 'drizzle-orm'
import { type Context, commitQuietly, mayUse, rows } from '#core/context'
import { lockWebhook } from './lock.ts'

/** Nothing is sent any more. What was on its way is forgotten by and by. Refuses `webhook_not_found`, `precondition_failed`. */
export async function deleteWebhook(ctx: Context, id: string): Promise<void> {
  mayUse(ctx, 'webhook:write')
  await commitQuietly(ctx, {
    webhook: lockWebhook(ctx, id),
    gone: rows(sql`update webhook set
        status = 'deleted', url = '', description = null, secret = '', previous_secret = null, updated_at = ${ctx.now.toISOString()}::timestamptz
      where tenant = ${ctx.tenant} and id = ${id}`),
  })
}
