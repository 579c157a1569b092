import { randomHex } from './encode.ts'
import { CommerceError } from './error.ts'
import type { CallOptions, Send } from './request.ts'
import type { Tokens } from './session-store.ts'
import type { Credentials } from './shopper-sessions.ts'
import { storageSlot } from './storage-slot.ts'

/** The input of `auth.authorizeUrl`. */
export type AuthorizeInput = {
  /** The URL that the page leads back to: one of the client's `redirect_uris`. */
  readonly redirectUri: string
  /** The value to show in the field for the e-mail address. */
  readonly loginHint?: string | undefined
  /** Languages of the page, the best first, such as `de en`; default: those of the browser. */
  readonly uiLocales?: string | undefined
}

/** A login that has begun. Its secrets (state, verifier) show that an answer belongs to it. */
type Begun = {
  readonly state: string
  readonly verifier: string
  readonly redirectUri: string
  readonly issuer: string
}

const KEY = 'commerce.login'
/** Tabs that log in at once. */
const MOST = 5

/**
 * Logins on the page of the service (OAuth 2.0, authorization code with PKCE). They belong to the browser that began them: a shop's server makes a
 * client for each visitor, with a storage of theirs.
 */
export function pageLoginApi(send: Send, { clientId = '', clientSecret, storage }: Credentials) {
  const slot = storageSlot<readonly Begun[]>(storage, KEY, {
    format: JSON.stringify,
    parse(text) {
      try {
        const value = JSON.parse(text)
        return Array.isArray(value) ? value : null
      } catch {
        return null
      }
    },
  })

  return {
    /** The URL of the login page of the service, to which the shopper's browser goes. The login must come back within 1,800 seconds. */
    authorizeUrl: async (
      { redirectUri, loginHint = '', uiLocales = '' }: AuthorizeInput,
      options?: CallOptions,
    ): Promise<string> => {
      const { issuer, authorization_endpoint } = await send<Record<string, string>>({
        method: 'GET',
        path: '/.well-known/oauth-authorization-server',
        as: 'nobody',
        options,
      })
      const begun = { state: randomHex(), verifier: randomHex() + randomHex(), redirectUri, issuer }
      slot.write([begun as Begun, ...(slot.read() ?? [])].slice(0, MOST))
      return `${authorization_endpoint}?${new URLSearchParams({
        response_type: 'code',
        client_id: clientId,
        redirect_uri: redirectUri,
        state: begun.state,
        code_challenge: await challengeOf(begun.verifier),
        code_challenge_method: 'S256',
        login_hint: loginHint,
        ui_locales: uiLocales,
      })}`
    },

    /**
     * Ends a login on that page. `url` is the URL of this page, with the parameters that the service has added. Resolves with a session, to pass
     * to `setToken`. `login_unknown`: this browser did not begin the login, or another issuer answers. `login_refused`: the shopper did not log
     * in. `invalid_grant`: the code was used before, or is older than 60 seconds.
     */
    handleCallback: async (url: string | URL, options?: CallOptions): Promise<Tokens> => {
      const { searchParams: said } = new URL(url)
      const all = slot.read() ?? []
      const begun = all.find(({ state }) => state === said.get('state'))
      if (!begun || said.get('iss') !== begun.issuer)
        throw new CommerceError(
          'login_unknown',
          'This browser did not begin this login, or another issuer answers it.',
        )
      slot.write(all.filter((other) => other !== begun))
      const code = said.get('code')
      if (!code) throw new CommerceError('login_refused', `The login ended: ${said.get('error')}.`)
      const { access_token, refresh_token } = await send<Record<string, string>>({
        method: 'POST',
        path: '/oauth/token',
        body: new URLSearchParams({
          grant_type: 'authorization_code',
          client_id: clientId,
          ...(clientSecret === undefined ? {} : { client_secret: clientSecret }),
          code,
          redirect_uri: begun.redirectUri,
          code_verifier: begun.verifier,
        }),
        as: 'nobody',
        options,
      })
      return { accessToken: access_token ?? '', refreshToken: refresh_token }
    },
  }
}

/** RFC 7636, 4.2. */
async function challengeOf(verifier: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))
  const text = btoa(String.fromCharCode(...new Uint8Array(digest)))
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
