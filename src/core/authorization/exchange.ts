import { type Context, commitWithoutKey, read } from '#core/context'
import {
  type GrantedToken,
  isPublicClient,
  type ProvenClient,
  type ProviderTokens,
} from '#core/identity'
import { prepareSessionParts, SHOPPER_SCOPE } from '#core/session'
import { Refusal } from '#kernel/error'
import { codeHash, pkceChallengeOf } from './code-and-pkce.ts'
import { isIdentityElsewhere, mayUseCodeGrant } from './code-grant-and-identity-elsewhere.ts'
import * as query from './generated/query.ts'
import { readProviderTokens } from './sealed-provider-tokens.ts'

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
export async function exchangeCode(
  ctx: Context,
  client: ProvenClient,
  { code, redirectUri, verifier }: CodeGrant,
): Promise<GrantedToken> {
  if (!mayUseCodeGrant(client)) throw new Refusal('unauthorized_client')
  // A verifier that is missing or malformed matches no code, and its use of a spent one is noticed all the same.
  const challenge = pkceChallengeOf(verifier ?? '') ?? ''
  const hash = codeHash(code)
  const grant = isIdentityElsewhere(ctx.settings) ? await tokensOf(ctx, hash, client.id) : undefined
  const { values, statements, handOver } = await prepareSessionParts(ctx, { by: 'page', grant })
  const { opened } = await commitWithoutKey(ctx, {
    ...client.spent,
    opened: query.exchangeCode({
      ...{ ...values, hash, redirectUri, challenge },
      isBound: !isPublicClient(client),
    }),
    ...statements,
  })
  const [session] = opened
  if (session === undefined) throw new Refusal('invalid_grant')
  const { accessToken, refreshToken, expiresIn } = await handOver(session)
  const { tenant } = client
  return { tenant, token: accessToken, refreshToken, lifetime: expiresIn, scope: SHOPPER_SCOPE }
}

/** The tokens of the provider that opens this tenant's sessions. A used code keeps them: the second use must reach the commit, which ends the session. */
async function tokensOf(ctx: Context, hash: string, clientId: string): Promise<ProviderTokens> {
  const { tenant, keyring } = ctx
  const { found } = await read(ctx, { found: query.findProviderTokens({ tenant, hash, clientId }) })
  const sealed = found[0]?.providerTokens ?? null
  const tokens = sealed === null ? null : readProviderTokens(keyring, sealed, hash)
  if (tokens === null) throw new Refusal('invalid_grant')
  return tokens
}
