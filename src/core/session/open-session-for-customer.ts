import * as z from 'zod'
import { type Context, commit, mustHaveScope } from '#core/context'
import { newEventValues } from '#core/outbox'
import { lengthAtMost } from '#kernel/length'
import * as query from './generated/query.ts'
import type { Session } from './issue-session.ts'
import { prepareSessionOpening } from './prepare-session-opening.ts'

export const OpenSession = z
  .strictObject({
    reason: z.string().trim().check(lengthAtMost(500)).nullable().optional().meta({
      description: 'For the event `customer.session_opened`, at most 500 characters',
    }),
  })
  .default({})
  .meta({ id: 'OpenSession', examples: [{ reason: 'Logged in at the till' }] })
export type OpenSession = z.output<typeof OpenSession>

/**
 * A service opens a session for a customer whose login it has checked itself. Such a session has no proof. So dangerous actions are refused until the shopper gives a proof, and the session gets no device token. Refuses `customer_not_found`, `customer_merged`,
 * `customer_is_guest`, `customer_disabled`, `email_unverified`, `identity_elsewhere`.
 */
export async function openSessionForCustomer(
  ctx: Context,
  customerId: string,
  { reason = null }: OpenSession,
): Promise<Session> {
  mustHaveScope(ctx, 'session:create')
  const { sessionId, statements, handOver } = await prepareSessionOpening(ctx, {
    customerId,
    entry: { by: 'service' },
  })
  const results = await commit(ctx, {
    told: query.appendSessionOpenedEvent({
      ...newEventValues(ctx),
      customerId,
      sessionId,
      reason: reason || null,
    }),
    ...statements,
  })
  return handOver(results)
}
