import * as z from 'zod'
import { type Context, commit, mayUse } from '#core/context'
import { appending } from '#core/outbox'
import { atMost } from '#kernel/length'
import * as query from './generated/query.ts'
import { openSession } from './open.ts'
import type { Session } from './view.ts'

export const OpenSession = z
  .strictObject({
    reason: z.string().trim().check(atMost(500)).nullable().optional().meta({
      description: 'For the event `customer.session_opened`, at most 500 characters',
    }),
  })
  .default({})
  .meta({ id: 'OpenSession', examples: [{ reason: 'Logged in at the till' }] })
export type OpenSession = z.output<typeof OpenSession>

/**
 * A service opens a session for a customer whose login it has checked itself. Such a session is no proof, so what is dangerous stays
 * refused until the shopper proves itself, and it says nothing of the device. Refuses `customer_not_found`, `customer_merged`,
 * `customer_is_guest`, `customer_disabled`, `email_unverified`, `identity_elsewhere`.
 */
export async function openSessionFor(
  ctx: Context,
  customerId: string,
  { reason = null }: OpenSession,
): Promise<Session> {
  mayUse(ctx, 'session:create')
  const { sessionId, statements, handOver } = await openSession(ctx, {
    customerId,
    entry: { by: 'service' },
  })
  const results = await commit(ctx, {
    told: query.noteOpening({ ...appending(ctx), customerId, sessionId, reason: reason || null }),
    ...statements,
  })
  return handOver(results)
}
