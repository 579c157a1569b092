import * as oauth from 'oauth4webapi'
import { expect, inject, test } from 'vitest'
import { makeShopper } from './shopper.ts'

/** `npm start`, as a client library sees it that was written by people who never saw this service. Its page is sent as a browser without a script does. */
const issuer = new URL(inject('url'))
const options = { [oauth.allowInsecureRequests]: true }
const redirectUri = 'http://localhost:3000/callback'
const client = { client_id: 'storefront' }

/** Types the password on the page, and answers with the URL that the page leads to. */
async function logInOn(page: URL, fields: Readonly<Record<string, string>>): Promise<URL> {
  const opened = await fetch(page)
  const sealed = /name="page" value="([^"]+)"/.exec(await opened.text())?.[1] ?? ''
  const answer = await fetch(new URL('/oauth/authorize', issuer), {
    method: 'POST',
    redirect: 'manual',
    headers: {
      Origin: issuer.origin,
      Cookie: opened.headers.get('Set-Cookie')?.split(';')[0] ?? '',
    },
    body: new URLSearchParams({ page: sealed, ...fields }),
  })
  expect(answer.status).toBe(303)
  return new URL(answer.headers.get('Location') ?? '')
}

test('discovery, a code with PKCE, tokens, a refresh and a revocation', async () => {
  const { id, email, password } = await makeShopper()
  const discovered = await oauth.discoveryRequest(issuer, { ...options, algorithm: 'oauth2' })
  const as = await oauth.processDiscoveryResponse(issuer, discovered)
  const verifier = oauth.generateRandomCodeVerifier()
  const state = oauth.generateRandomState()
  const page = new URL(as.authorization_endpoint ?? '')
  page.search = `${new URLSearchParams({
    ...client,
    response_type: 'code',
    redirect_uri: redirectUri,
    state,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  })}`
  const led = await logInOn(page, { way: 'password', email, password })
  expect(led.origin + led.pathname).toBe(redirectUri)
  // The library looks at state and iss.
  const answer = oauth.validateAuthResponse(as, client, led, state)
  const exchange = () =>
    oauth.authorizationCodeGrantRequest(
      ...([as, client, oauth.None(), answer, redirectUri, verifier, options] as const),
    )
  const tokens = await oauth.processAuthorizationCodeResponse(as, client, await exchange())
  const me = async (token: string) => {
    const response = await fetch(new URL('/auth/me', issuer), {
      headers: { Authorization: `Bearer ${token}` },
    })
    return [response.status, Object(await response.json()).id]
  }
  expect(await me(tokens.access_token)).toEqual([200, id])

  const refreshed = await oauth.processRefreshTokenResponse(
    as,
    client,
    await oauth.refreshTokenGrantRequest(
      ...([as, client, oauth.None(), tokens.refresh_token ?? '', options] as const),
    ),
  )
  expect(await me(refreshed.access_token)).toEqual([200, id])
  const revoked = await oauth.revocationRequest(
    ...([as, client, oauth.None(), refreshed.refresh_token ?? '', options] as const),
  )
  await oauth.processRevocationResponse(revoked)
  for (const { access_token } of [tokens, refreshed]) {
    expect(await me(access_token)).toEqual([401, undefined])
  }
  // A code is used once.
  expect((await exchange()).status).toBe(400)
})
