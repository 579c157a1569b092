import { type Context, commitQuietly, read } from '#core/context'
import { type Grant, isPublic, type ProvenClient, type ProviderTokens } from '#core/identity'
import { prepareSession, SHOPPER_SCOPE } from '#core/session'
import { Refusal } from '#kernel/error'
import { challengeOf, codeHash } from './code.ts'
import * as query from './generated/query.ts'
import { isElsewhere, offersCodes } from './offer.ts'
import { openTokens } from './tokens.ts'

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
  if (!offersCodes(client)) throw new Refusal('unauthorized_client')
  // A verifier that is missing or malformed matches no code, and its use of a spent one is noticed all the same.
  const challenge = challengeOf(verifier ?? '') ?? ''
  const hash = codeHash(code)
  const grant = isElsewhere(ctx.settings) ? await tokensOf(ctx, hash, client.id) : undefined
  const { values, statements, handOver } = await prepareSession(ctx, { by: 'page', grant })
  const { opened } = await commitQuietly(ctx, {
    ...client.spent,
    opened: query.exchangeCode({
      ...{ ...values, hash, redirectUri, challenge },
      isBound: !isPublic(client),
    }),
    ...statements,
  })
  const [session] = opened
  if (session === undefined) throw new Refusal('invalid_grant')
  const { accessToken, refreshToken, expiresIn } = await handOver(session)
  const { tenant } = client
  return { tenant, token: accessToken, refreshToken, lifetime: expiresIn, scope: SHOPPER_SCOPE }
}

/** The tokens of the provider that opens this tenant's sessions. A used code still has them, so that its second use ends what it gave. */
async function tokensOf(ctx: Context, hash: string, clientId: string): Promise<ProviderTokens> {
  const { tenant, keyring } = ctx
  const { found } = await read(ctx, { found: query.findTokens({ tenant, hash, clientId }) })
  const sealed = found[0]?.providerTokens ?? null
  const tokens = sealed === null ? null : openTokens(keyring, sealed, hash)
  if (tokens === null) throw new Refusal('invalid_grant')
  return tokens
}
