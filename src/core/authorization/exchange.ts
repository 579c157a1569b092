import { type Context, commitQuietly } from '#core/context'
import type { Grant, ProvenClient } from '#core/identity'
import { prepareSession, SHOPPER_SCOPE } from '#core/session'
import { Refusal } from '#kernel/error'
import { challengeOf, codeHash } from './code.ts'
import * as query from './generated/query.ts'
import { offersCodes } from './offer.ts'

type CodeGrant = {
  readonly code: string
  readonly redirectUri: string
  /** Undefined: it was not sent. */
  readonly verifier: string | undefined
}

/**
 * The authorization-code grant (RFC 6749, 4.1.3; RFC 7636): the client's session for a login on the page. Refuses `unauthorized_client`, and
 * `invalid_grant` for a code that is another client's, expired, used or ended, and for another redirect URI or verifier. A used code ends the
 * session that it gave.
 */
export async function grantCode(
  ctx: Context,
  client: ProvenClient,
  { code, redirectUri, verifier }: CodeGrant,
): Promise<Grant> {
  if (!offersCodes(ctx.settings, client)) throw new Refusal('unauthorized_client')
  const challenge = challengeOf(verifier ?? '')
  if (challenge === null) throw new Refusal('invalid_grant')
  const { values, statements, handOver } = await prepareSession(ctx, { by: 'page' })
  const hash = codeHash(code)
  const { opened } = await commitQuietly(ctx, {
    ...client.spent,
    opened: query.exchangeCode({ ...values, hash, redirectUri, challenge }),
    ...statements,
  })
  const [session] = opened
  if (session === undefined) throw new Refusal('invalid_grant')
  const { accessToken, refreshToken, expiresIn } = await handOver(session)
  const { tenant } = client
  return { tenant, token: accessToken, refreshToken, lifetime: expiresIn, scope: SHOPPER_SCOPE }
}
