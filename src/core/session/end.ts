import { type SQL, sql } from 'drizzle-orm'
import { type Context, commitQuietly, look, mayUse, rows } from '#core/context'
import type { EndedSession, RefreshToken } from '#core/identity'
import { Refusal } from '#kernel/error'

const endWhere = (ctx: Context, condition: SQL) =>
  rows<EndedSession>(
    sql`delete from session where tenant = ${ctx.tenant} and ${condition} returning id, provider_refresh as sealed`,
  )

/** The end of a session, if it is this client's (null: anyone's). */
export const endSession = (ctx: Context, sessionId: string, clientId: string | null) =>
  endWhere(ctx, sql`id = ${sessionId} and coalesce(client_id = ${clientId}, true)`)

/** Logs out: whoever holds a refresh token of the session, the newest or an older one, may end it. Once is enough. */
export async function endSessionOf(ctx: Context, { sessionId }: RefreshToken): Promise<void> {
  const { ended } = await commitQuietly(ctx, { ended: endSession(ctx, sessionId, null) })
  await ctx.identity.accounts.end(ctx, ended)
}

/** A shopper ends sessions of its own: the one named, or all. Refuses `session_not_found`. */
export async function endOwnSessions(ctx: Context, sessionId?: string): Promise<void> {
  if (ctx.actor.type !== 'shopper') throw new Refusal('caller_not_allowed')
  const named = sessionId === undefined ? sql`true` : sql`id = ${sessionId}`
  const { ended } = await commitQuietly(ctx, {
    ended: endWhere(ctx, sql`customer_id = ${ctx.actor.id} and ${named}`),
  })
  if (sessionId !== undefined && ended.length === 0) throw new Refusal('session_not_found')
  await ctx.identity.accounts.end(ctx, ended)
}

/** Staff ends sessions of a customer: the one named, or all. Refuses `customer_not_found`, `session_not_found`. */
export async function endSessions(
  ctx: Context,
  customerId: string,
  sessionId?: string,
): Promise<void> {
  mayUse(ctx, 'customer:write')
  const named = sessionId === undefined ? sql`true` : sql`id = ${sessionId}`
  const { ended, customer } = await commitQuietly(ctx, {
    ended: endWhere(ctx, sql`customer_id = ${customerId} and ${named}`),
    customer: look(
      sql`select from customer where tenant = ${ctx.tenant} and id = ${customerId} and status not in ('erased', 'deleted')`,
    ),
  })
  if (customer.length === 0) throw new Refusal('customer_not_found')
  if (sessionId !== undefined && ended.length === 0) throw new Refusal('session_not_found')
  await ctx.identity.accounts.end(ctx, ended)
}
