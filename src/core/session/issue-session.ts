import * as z from 'zod'
import type { Context } from '#core/context'
import { Customer } from '#core/customer'
import { makeDeviceToken, type SessionOpener } from '#core/identity'

/** The most groups in a token, the first ones by their keys. Readers ask the service for the groups of a customer who has more. */
const GROUPS_IN_TOKEN = 50

/** The scope of a shopper's token: the own account. */
export const SHOPPER_SCOPE = 'account'

const Moment = z.iso.datetime()

export const Session = z
  .strictObject({
    accessToken: z.string(),
    refreshToken: z.string().meta({
      description:
        'Valid for one refresh. Within ten seconds, a repeat gets the same new refresh token, while that one is unused. A later use ends the session.',
    }),
    tokenType: z.literal('Bearer'),
    expiresIn: z.int().meta({ description: 'Seconds the access token lives' }),
    expiresAt: Moment.meta({ description: 'When the access token expires' }),
    userId: z.string().meta({ description: "The customer's id" }),
    deviceToken: z.string().optional().meta({
      description:
        'Proves that this device has logged in. Keep it on the device for 400 days, even after the logout, and send it with the next login or request for a mail. It ends with a reset, a log out everywhere, another e-mail address, disable and erase. A session that a service opened has none.',
    }),
    customer: Customer,
  })
  .meta({ id: 'Session' })
export type Session = z.output<typeof Session>

type Opened = {
  readonly sessionId: string
  readonly clientId: string
  readonly refreshToken: string
  /** Of the customer's devices. */
  readonly epoch: number
  /** Null: the session has no proof, so it gets no device token. */
  readonly provenAt: string | null
  readonly customer: Customer
}

/** @param opener got before the commit, so that every session that opens reaches its owner. */
export async function issueSession(
  ctx: Context,
  opener: SessionOpener,
  { sessionId, clientId, refreshToken, epoch, provenAt, customer }: Opened,
): Promise<Session> {
  const claims = {
    sub: customer.id,
    client_id: clientId,
    tenant: ctx.tenant,
    scope: SHOPPER_SCOPE,
    sid: sessionId,
    ...(provenAt === null ? { by_service: true as const } : {}),
    groups: customer.groups.slice(0, GROUPS_IN_TOKEN),
    ...(customer.groups.length > GROUPS_IN_TOKEN ? { groups_truncated: true } : {}),
  }
  const { token, seconds } = await opener.issue(claims)
  return {
    accessToken: token,
    refreshToken,
    tokenType: 'Bearer',
    expiresIn: seconds,
    expiresAt: new Date(ctx.now.getTime() + seconds * 1000).toISOString(),
    userId: customer.id,
    ...(provenAt === null
      ? {}
      : { deviceToken: makeDeviceToken(ctx, { customerId: customer.id, sessionId, epoch }) }),
    customer,
  }
}
