import * as z from 'zod'
import { log } from '#kernel/log'
import type { OidcIssuer } from './issuer.ts'
import { type ProviderResponse, providerAwayRefusal, requestProvider } from './request-provider.ts'

/** RFC 6749, 5.1 and 5.2; OpenID Connect Core 1.0, 3.1.3.3. */
const TokenAnswer = z.object({
  access_token: z.string().optional(),
  refresh_token: z.string().optional(),
  id_token: z.string().optional(),
  error: z.string().optional(),
})

/** Sends a form, because not every issuer reads JSON. Sends nothing in the query, because some servers log it. */
export const requestTokens = async (
  fetcher: typeof fetch,
  issuer: OidcIssuer,
  form: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<ProviderResponse> =>
  requestProvider(fetcher, {
    what: 'token',
    url: await issuer.tokenEndpoint(),
    method: 'POST',
    headers,
    body: new URLSearchParams(form),
  })

/** The error of RFC 6749, 5.2. */
export const tokenErrorIn = ({ body }: ProviderResponse): string | undefined =>
  TokenAnswer.safeParse(body).data?.error

/**
 * The tokens that a token endpoint granted; null for `invalid_grant`, with any status. Its reason is ignored, for it may reveal which
 * users exist.
 */
export function readTokenResponse({ status, body }: ProviderResponse) {
  const { data } = TokenAnswer.safeParse(body)
  if (data?.error === 'invalid_grant') return null
  if (data?.access_token === undefined || data.error !== undefined || status !== 200) {
    const said = data?.error?.replace(/\W/g, '').slice(0, 40)
    log('error', 'the identity provider refuses this client', { status, said })
    throw providerAwayRefusal('token', { status })
  }
  return {
    accessToken: data.access_token,
    refreshToken: data.refresh_token ?? null,
    idToken: data.id_token ?? null,
  }
}
