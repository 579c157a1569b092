import { sql } from 'drizzle-orm'
import type { Context } from '#core/context'
import { actorDocument } from '#core/outbox'
import { Announcement } from '#db/statement'
import { newId } from '#kernel/id'

/** Head of making an account for a service: what only a storefront's login made does not hold the address against it. */
export function displaceProvisional(ctx: Context, emailKey: string): Announcement {
  const job = newId('job', ctx.now)
  const query = sql`select displace_provisional(${ctx.tenant}, ${emailKey}, ${newId('event', ctx.now)}, ${job},
    ${actorDocument(ctx)}::jsonb, ${ctx.requestId}, ${ctx.now.toISOString()}::timestamptz) as sequence`
  return new Announcement(query, { tenant: ctx.tenant, id: job, kind: 'announce' })
}
