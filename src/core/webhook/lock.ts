import { sql } from 'drizzle-orm'
import { type Context, guard } from '#core/context'
import type { Guard } from '#db/statement'

/** Head of every change of a webhook. Refuses `webhook_not_found`, `precondition_failed`. */
export const lockWebhook = (ctx: Context, id: string): Guard =>
  guard(sql`lock_webhook(${ctx.tenant}, ${id}, ${ctx.ifMatch}::int)`)
