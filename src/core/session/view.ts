import * as z from 'zod'
import type { Context } from '#core/context'
import { Customer } from '#core/customer'
import type { Opener } from '#core/identity'

/** The most groups in a token. Readers ask the service for the groups of a customer who has more. */
const GROUPS_IN_TOKEN = 50

/** The scope of a shopper's token: the own account. */
export const SHOPPER_SCOPE = 'account'

const Moment = z.iso.datetime()

export const Session = z
  .strictObject({
    accessToken: z.string(),
    refreshToken: z.string().meta({
      description:
        'Good for one refresh: within ten seconds it is answered with the same new refresh token again, unless that was exchanged. Used later, it ends the session.',
    }),
    tokenType: z.literal('Bearer'),
    expiresIn: z.int().meta({ description: 'Seconds the access token lives' }),
    expiresAt: Moment.meta({ description: 'When the access token expires' }),
    userId: z.string().meta({ description: "The customer's id" }),
    customer: Customer,
  })
  .meta({ id: 'Session' })
export type Session = z.output<typeof Session>

type Opened = {
  readonly sessionId: string
  readonly clientId: string
  readonly refreshToken: string
  readonly customer: Customer
}

/** @param opener got before the commit, so that every session that opens reaches its owner. */
export async function toSession(
  ctx: Context,
  opener: Opener,
  { sessionId, clientId, refreshToken, customer }: Opened,
): Promise<Session> {
  const claims = {
    sub: customer.id,
    client_id: clientId,
    tenant: ctx.tenant,
    scope: SHOPPER_SCOPE,
    sid: sessionId,
    groups: customer.groups.slice(0, GROUPS_IN_TOKEN),
  }
  const { token, seconds } = await opener.issue(claims)
  return {
    accessToken: token,
    refreshToken,
    tokenType: 'Bearer',
    expiresIn: seconds,
    expiresAt: new Date(ctx.now.getTime() + seconds * 1000).toISOString(),
    userId: customer.id,
    customer,
  }
}
