import { createHash, randomBytes } from 'node:crypto'
import type { Context } from '#core/context'
import { Refusal } from '#kernel/error'
import { callbackUrl } from './callback-url.ts'
import { sealLoginState } from './login-state.ts'

type Login = {
  /** Data of the login page that comes back with the answer. */
  readonly page: string
  readonly prompt?: string | undefined
  /** The address that the shopper has typed. */
  readonly loginHint?: string | undefined
  readonly uiLocales?: string | undefined
}

/** A random text of 256 bits, as RFC 7636 (4.1) recommends for a verifier. */
const drawn = (): string => randomBytes(32).toString('base64url')

/**
 * The URL at which a shopper logs in at a provider (OpenID Connect Core 1.0, 3.1.2.1), always with PKCE. Refuses `invalid_request` for a
 * provider that the tenant does not have, `issuer_unavailable`.
 */
export async function beginProviderLogin(
  ctx: Context,
  name: string,
  login: Login,
): Promise<string> {
  const provider = ctx.identity.providers.get(name)
  if (provider === undefined) throw new Refusal('invalid_request')
  const { page, prompt, loginHint, uiLocales } = login
  const { clientId, scopes, responseMode, issuer } = provider
  const nonce = drawn()
  const verifier = drawn()
  const { tenant, keyring, now } = ctx
  const url = new URL(await issuer.authorizationEndpoint())
  const parameters = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: callbackUrl(ctx, name),
    scope: scopes.join(' '),
    state: sealLoginState(keyring, { tenant, provider: name, nonce, verifier, page }, now),
    nonce,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    // It is what a code comes by where nothing is said.
    ...(responseMode === 'query' ? {} : { response_mode: responseMode }),
    prompt,
    login_hint: loginHint,
    ui_locales: uiLocales,
  }
  for (const [key, value] of Object.entries(parameters)) {
    if (value) url.searchParams.set(key, value)
  }
  return url.href
}
