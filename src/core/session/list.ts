import * as z from 'zod'
import { type Context, mustMatchShopper, readWithinPageLimits } from '#core/context'
import { pageSchema, toPage } from '#core/page'
import { Refusal } from '#kernel/error'
import * as query from './generated/query.ts'

const Moment = z.iso.datetime()

const SessionInfo = z
  .strictObject({
    id: z.string(),
    clientId: z.string(),
    userAgent: z.string().nullable(),
    address: z.string().nullable().meta({ description: 'The IP address that opened the session' }),
    current: z.boolean().meta({ description: 'Whether it is the session of this request' }),
    provenAt: Moment.nullable().meta({
      description:
        'The time of the shopper’s last proof: a password, a link, a code or a passkey. null: a service, or a token of the identity provider, opened the session',
    }),
    createdAt: Moment,
    lastUsedAt: Moment,
    expiresAt: Moment,
  })
  .meta({ id: 'SessionInfo' })

export const SessionPage = pageSchema(SessionInfo, 'SessionPage')
export type SessionPage = z.output<typeof SessionPage>

/** No customer has more sessions, so that one page has all of them. */
const LIMIT = 100

/** The sessions of a customer, newest first. Refuses `customer_not_found`. */
export async function listSessions(ctx: Context, customerId: string): Promise<SessionPage> {
  mustMatchShopper(ctx, customerId)
  const { tenant, now, actor } = ctx
  const current = actor.type === 'shopper' ? actor.sessionId : null
  const { rows } = await readWithinPageLimits(ctx, {
    rows: query.listSessions({ tenant, customerId, now: now.toISOString() }),
  })
  if (rows.length === 0) throw new Refusal('customer_not_found')
  const found = rows.flatMap(({ session }) => session ?? [])
  const sessions = found.map(({ id, clientId, userAgent, address, ...moments }) => ({
    id,
    clientId,
    userAgent,
    address,
    current: id === current,
    ...moments,
  }))
  return toPage(sessions, LIMIT, null)
}
