import type { Context } from '#core/context'
import type { Customer } from '#core/customer'
import { type LoginProof, makeRefreshToken } from '#core/identity'
import { Refusal } from '#kernel/error'
import { newId } from '#kernel/id'
import * as query from './generated/query.ts'
import { issueSession, type Session } from './issue-session.ts'

/** The statuses of customers who may log in. Unverified customers may if the shop asks for no proof. */
export const loginStatuses = ({ settings }: Context): readonly string[] =>
  settings.require_email_verification ? ['active'] : ['unverified', 'active']

type SessionOpening = {
  readonly customerId: string
  /** The hash that the password was checked against: it must still be the customer's. */
  readonly passwordHash?: string | null
  readonly entry: LoginProof
}

type Opened = {
  readonly epoch: number
  readonly provenAt: string | null
  readonly customer: Customer
}
type Results = { readonly session: readonly Opened[] }

/**
 * The parts of a new session: its values for the statement that opens it, the statements that follow, and a function that turns the opened row
 * into the session. It gets the tokens first, for nothing may fail after the commit. Refuses `issuer_unavailable`.
 */
export async function prepareSessionParts(ctx: Context, entry: LoginProof) {
  const opener = await ctx.identity.accounts.open(ctx, entry)
  const id = newId('session', ctx.now)
  const refresh = makeRefreshToken(ctx.keyring, ctx.tenant, id)
  const { clientId = '', userAgent = null, address = null } = ctx.caller ?? {}
  const expires = new Date(ctx.now.getTime() + ctx.settings.session_days * 86_400_000)
  return {
    values: {
      tenant: ctx.tenant,
      now: ctx.now.toISOString(),
      id,
      clientId,
      refreshHash: refresh.hash,
      userAgent,
      address,
      expiresAt: expires.toISOString(),
      statuses: loginStatuses(ctx),
      currency: ctx.settings.currency,
    },
    statements: opener.statements(id),
    handOver: (opened: Opened): Promise<Session> =>
      issueSession(ctx, opener, { sessionId: id, clientId, refreshToken: refresh.text, ...opened }),
  }
}

/** Prepares a session for the commit that opens it: its statements, and a function that turns their results into the session. */
export async function prepareSessionOpening(
  ctx: Context,
  { customerId, passwordHash = null, entry }: SessionOpening,
) {
  const { values, statements, handOver } = await prepareSessionParts(ctx, entry)
  const provenAt = entry.by === 'service' ? null : values.now
  return {
    sessionId: values.id,
    statements: {
      session: query.openSession({ ...values, customerId, passwordHash, provenAt }),
      ...statements,
    },
    /** Refuses `invalid_credentials` if the password was changed or the account was closed meanwhile. */
    async handOver({ session: [opened] }: Results): Promise<Session> {
      if (opened === undefined) throw new Refusal('invalid_credentials')
      return handOver(opened)
    },
  }
}
