import type { Credentials } from './client-sessions.ts'
import { randomKey } from './encode.ts'
import { CommerceError } from './error.ts'
import type { CallOptions, Send } from './request.ts'
import type { Tokens } from './session-store.ts'
import { storageSlot } from './storage-slot.ts'

/** What a login on the page of the service needs. */
export type AuthorizeInput = {
  /** Where it leads back to: one of the client's `redirect_uris`. */
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
    /** The URL of the page, to which the shopper's browser goes. */
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
      const begun = { state: randomKey(), verifier: randomKey() + randomKey(), redirectUri, issuer }
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
     * The session of a login that leads back, to pass to `setToken`. @param url that of the page, with what the service has added. `login_unknown` if
     * this browser has not begun it, or somebody else answers it; `login_refused` if the shopper did not log in.
     */
    handleCallback: async (url: string | URL, options?: CallOptions): Promise<Tokens> => {
      const { searchParams: said } = new URL(url)
      const all = slot.read() ?? []
      const begun = all.find(({ state }) => state === said.get('state'))
      if (!begun || said.get('iss') !== begun.issuer)
        throw new CommerceError('login_unknown', 'No login that began here leads back so.')
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
