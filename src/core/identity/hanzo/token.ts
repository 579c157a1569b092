import * as z from 'zod'
import { errorFields, log } from '#kernel/log'
import type { ProviderTokens } from '../accounts.ts'
import { ask, away, type Said } from './ask.ts'
import { type Bearer, identityOf } from './bearer.ts'
import type { HanzoIssuer } from './issuer.ts'
import type { HanzoTenant } from './tenant.ts'

/** RFC 6749, 5.1 and 5.2. */
const TokenAnswer = z.object({
  access_token: z.string().optional(),
  refresh_token: z.string().optional(),
  error: z.string().optional(),
})

const REVOKED_WITHIN_MS = 2_000

/** Tokens and their bearer. */
export type Issued = ProviderTokens & { readonly bearer: Bearer }

export type TokenDesk = {
  /** Null when address or password is wrong, or when the provider bars them for now. It does not say which. */
  readonly byPassword: (username: string, password: string) => Promise<Issued | null>
  /** Null when the refresh token is invalid or expired. */
  readonly byRefresh: (refreshToken: string) => Promise<Issued | null>
  /** Revokes by RFC 7009 if the provider has it; never refuses. */
  readonly revoke: (refreshToken: string) => Promise<void>
  /** Whether a user with this id and name has that identity. The subject of an old user is its name. */
  readonly isIdentity: (identity: string, id: string, name: string) => boolean
}

type Desk = {
  readonly at: HanzoTenant
  readonly issuer: HanzoIssuer
  readonly read: (token: string) => Promise<Bearer>
  readonly fetch: typeof fetch
}

/** The grants of a tenant's own application. They refuse `issuer_unavailable`. */
export function makeTokenDesk({ at, issuer, read, fetch }: Desk): TokenDesk {
  const { clientId, clientSecret, organization } = at
  const client = { client_id: clientId, client_secret: clientSecret }
  const request = async (grant: Readonly<Record<string, string>>): Promise<Issued | null> => {
    const said = await askForToken(fetch, issuer, { ...client, ...grant })
    const tokens = tokensIn(said)
    if (tokens === null) return null
    const bearer = await read(tokens.accessToken).catch(() => null)
    if (bearer === null || bearer.service !== null || bearer.at.tenant !== at.tenant) {
      throw away('token', { said: 'an access token that is not valid here' })
    }
    const { issuedAt, exp } = bearer
    return { ...tokens, bearer, issuedAt, expiresAt: new Date(exp * 1000) }
  }
  const scope = 'openid profile email'
  return {
    byPassword: (username, password) =>
      request({ grant_type: 'password', username, password, organization, scope }),
    async revoke(token) {
      try {
        const place = await issuer.revocationEndpoint()
        if (place === null) return
        const body = new URLSearchParams({ ...client, token, token_type_hint: 'refresh_token' })
        const signal = AbortSignal.timeout(REVOKED_WITHIN_MS)
        const said = await fetch(place, { method: 'POST', body, redirect: 'manual', signal })
        await said.body?.cancel()
      } catch (error) {
        log('warn', 'a token was not revoked at the identity provider', errorFields(error))
      }
    },
    isIdentity: (identity, id, name) =>
      [id, `${organization}/${name}`].some((sub) => identityOf(at.issuer, sub) === identity),
    byRefresh: (refresh_token) => request({ grant_type: 'refresh_token', refresh_token }),
  }
}

/** Asks form-encoded, for not every generation reads JSON; never in the query, which some servers log. */
export const askForToken = async (
  fetcher: typeof fetch,
  issuer: HanzoIssuer,
  form: Readonly<Record<string, string>>,
): Promise<Said> =>
  ask(fetcher, {
    what: 'token',
    url: await issuer.tokenEndpoint(),
    method: 'POST',
    body: new URLSearchParams(form),
  })

/** The error of RFC 6749, 5.2. */
export const errorIn = ({ body }: Said): string | undefined =>
  TokenAnswer.safeParse(body).data?.error

/** The tokens that a token endpoint granted; null for `invalid_grant`. Its reason is ignored, for it may reveal which users exist. */
export function tokensIn({ status, body }: Said) {
  const { data } = TokenAnswer.safeParse(body)
  if (data?.error === 'invalid_grant') return null
  if (data?.access_token === undefined || data.error !== undefined || status !== 200) {
    const said = data?.error?.replace(/\W/g, '').slice(0, 40)
    log('error', 'the identity provider refuses this client', { status, said })
    throw away('token', { status })
  }
  return { accessToken: data.access_token, refreshToken: data.refresh_token ?? null }
}
