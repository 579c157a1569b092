import { type SQL, sql } from 'drizzle-orm'
import { type Context, look, one } from '#core/context'
import { type CustomerDocument, customerDocument } from '#core/customer'
import { type Entry, makeRefreshToken } from '#core/identity'
import { textArray } from '#core/outbox'
import { Refusal } from '#kernel/error'
import { newId } from '#kernel/id'
import { type Session, toSession } from './view.ts'

/** Who may log in: whose address is proven, or anyone when the shop does not ask for that. */
export const welcome = ({ settings }: Context): readonly string[] =>
  settings.require_email_verification ? ['active'] : ['unverified', 'active']
export const mayLogIn = (ctx: Context): SQL => textArray([...welcome(ctx)])

export type SessionOpening = {
  readonly customerId: string
  /** The hash that a password was checked against: it must still be the customer's. */
  readonly passwordHash?: string | null
  readonly entry: Entry
}

type Results = {
  readonly session: { readonly opened: boolean }
  readonly holder: readonly { readonly document: CustomerDocument | null }[]
}

/**
 * A session to be opened in a commit: its statements, and what becomes of their results. Gets hold of its tokens first, for
 * what is committed must not fail afterwards. Refuses `issuer_unavailable`.
 */
export async function openSession(
  ctx: Context,
  { customerId, passwordHash = null, entry }: SessionOpening,
) {
  const opener = await ctx.identity.accounts.open(ctx, entry)
  const id = newId('session', ctx.now)
  const refresh = makeRefreshToken(ctx.keyring, ctx.tenant, id)
  const { clientId = '', userAgent = null, address = null } = ctx.caller ?? {}
  const expires = new Date(ctx.now.getTime() + ctx.settings.session_days * 86_400_000)
  return {
    statements: {
      session: one<{ readonly opened: boolean }>(
        sql`select open_session(${ctx.tenant}, ${id}, ${customerId}, ${clientId}, ${refresh.hash}, ${userAgent}, ${address},
          ${passwordHash}, ${mayLogIn(ctx)}, ${ctx.now.toISOString()}::timestamptz, ${expires.toISOString()}::timestamptz) as opened`,
      ),
      holder: look<{ readonly document: CustomerDocument | null }>(
        sql`select ${customerDocument(ctx, customerId)} as document`,
      ),
      ...opener.statements(id),
    },
    /** Refuses `invalid_credentials` when the password was changed, or the account was closed, meanwhile. */
    handOver({ session, holder }: Results): Promise<Session> {
      if (!session.opened) throw new Refusal('invalid_credentials')
      const document = holder[0]?.document ?? null
      return toSession(ctx, opener, {
        sessionId: id,
        clientId,
        refreshToken: refresh.text,
        customer: document,
      })
    },
  }
}
