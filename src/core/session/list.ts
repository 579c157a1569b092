import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { type Context, document, mayActFor, read } from '#core/context'
import { pageOf, toPage } from '#core/page'
import { Refusal } from '#kernel/error'

const Moment = z.iso.datetime()

export const SessionInfo = z
  .strictObject({
    id: z.string(),
    clientId: z.string(),
    userAgent: z.string().nullable(),
    address: z.string().nullable().meta({ description: 'IP address it was opened from' }),
    current: z.boolean().meta({ description: 'Whether the caller asks with it' }),
    createdAt: Moment,
    lastUsedAt: Moment,
    expiresAt: Moment,
  })
  .meta({ id: 'SessionInfo' })
export type SessionInfo = z.output<typeof SessionInfo>

export const SessionPage = pageOf(SessionInfo, 'SessionPage')
export type SessionPage = z.output<typeof SessionPage>

/** No customer has more, so that one page holds them all. */
const LIMIT = 100

/** Where a customer is logged in, the newest first. Refuses `customer_not_found`. */
export async function listSessions(ctx: Context, customerId: string): Promise<SessionPage> {
  mayActFor(ctx, customerId)
  const current = ctx.actor.type === 'shopper' ? ctx.actor.sessionId : ''
  const { sessions } = await read(ctx, {
    sessions: document<SessionInfo[]>(sql`select coalesce((
        select json_agg(json_build_object('id', s.id, 'clientId', s.client_id, 'userAgent', s.user_agent, 'address', s.address,
          'current', s.id = ${current}, 'createdAt', iso(s.created_at), 'lastUsedAt', iso(s.last_used_at),
          'expiresAt', iso(s.expires_at)) order by s.created_at desc, s.id desc)
        from session s where s.tenant = c.tenant and s.customer_id = c.id and s.expires_at > ${ctx.now.toISOString()}::timestamptz), '[]')
      from customer c where c.tenant = ${ctx.tenant} and c.id = ${customerId} and c.status not in ('erased', 'deleted')`),
  })
  if (sessions === null) throw new Refusal('customer_not_found')
  return toPage(sessions, LIMIT, null)
}
