import { exportJWK, generateKeyPair } from 'jose'
import * as oauth from 'oauth4webapi'
import { describe, expect, test } from 'vitest'
import type { PublicKey } from '#core/context'
import { CALLBACK, startTestApp } from '../../support/app.ts'
import { browserAt } from '../../support/login-page.ts'
import { makeShopper, PASSWORD } from '../../support/shopper.ts'

/** The whole way, by a client library that was written by people who never saw this service. */
const pair = await generateKeyPair('ES256')
const key = { ...(await exportJWK(pair.publicKey)), kid: '1' } as PublicKey
const app = await startTestApp({
  clients: {
    native: { public: true, redirect_uris: ['http://127.0.0.1/callback'] },
    server: { redirect_uris: [CALLBACK] },
    signed: { redirect_uris: [CALLBACK], jwks: { keys: [key] } },
  },
})

type Sent = {
  readonly method: string
  readonly headers: Record<string, string>
  readonly body?: BodyInit | null | undefined
}
const options = {
  [oauth.allowInsecureRequests]: true,
  [oauth.customFetch]: (url: string, { method, headers, body }: Sent) =>
    app.request(new URL(url).pathname, { method, headers, body: body ?? null }),
}
const issuer = new URL('http://customer.test')
const as = await oauth.processDiscoveryResponse(
  issuer,
  await oauth.discoveryRequest(issuer, { ...options, algorithm: 'oauth2' }),
)

/** The library's clock is the machine's, the app's is its own. */
const signed = oauth.PrivateKeyJwt(
  { key: pair.privateKey as CryptoKey, kid: '1' },
  {
    [oauth.modifyAssertion](_, payload) {
      const seconds = Math.floor(app.runtime.now().getTime() / 1000)
      Object.assign(payload, { iat: seconds, nbf: seconds, exp: seconds + 60 })
    },
  },
)

const clients: Readonly<Record<string, readonly [string, oauth.ClientAuth, string]>> = {
  'a native app': ['native', oauth.None(), 'http://127.0.0.1:51004/callback'],
  "a storefront's page": ['storefront', oauth.None(), CALLBACK],
  'a server with a secret in a header': ['server', oauth.ClientSecretBasic('secret'), CALLBACK],
  'a server with a secret in the form': ['server', oauth.ClientSecretPost('secret'), CALLBACK],
  'a server that signs': ['signed', signed, CALLBACK],
}

async function logInAt(client: oauth.Client, redirectUri: string) {
  const { email } = await makeShopper(app)
  const verifier = oauth.generateRandomCodeVerifier()
  const state = oauth.generateRandomState()
  const url = new URL(as.authorization_endpoint ?? '')
  const parameters = {
    client_id: client.client_id,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'account',
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    login_hint: email,
  }
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  const browser = browserAt(app)
  const page = await browser.open(url.searchParams)
  const done = await browser.send(page, { email: page.email, password: PASSWORD })
  const back = new URL(done.headers.get('Location') ?? '')
  return { verifier, state, back }
}

const ask = (token: string) =>
  oauth.protectedResourceRequest(
    token,
    'GET',
    new URL('/auth/me', issuer),
    new Headers(),
    null,
    options,
  )

describe.each(Object.entries(clients))('%s', (_, [name, method, redirectUri]) => {
  const client: oauth.Client = { client_id: `${app.tenant}-${name}` }

  test('logs a shopper in on the page, refreshes and revokes', async () => {
    const { verifier, state, back } = await logInAt(client, redirectUri)
    const answer = oauth.validateAuthResponse(as, client, back, state)
    const response = await oauth.authorizationCodeGrantRequest(
      as,
      client,
      method,
      answer,
      redirectUri,
      verifier,
      options,
    )
    const granted = await oauth.processAuthorizationCodeResponse(as, client, response)
    expect(granted).toMatchObject({ token_type: 'bearer', expires_in: 900, scope: 'account' })
    expect((await ask(granted.access_token)).status).toBe(200)
    const again = await oauth.processRefreshTokenResponse(
      as,
      client,
      await oauth.refreshTokenGrantRequest(
        as,
        client,
        method,
        granted.refresh_token ?? '',
        options,
      ),
    )
    expect((await ask(again.access_token)).status).toBe(200)
    await oauth.processRevocationResponse(
      await oauth.revocationRequest(as, client, method, again.refresh_token ?? '', options),
    )
    for (const { access_token } of [granted, again]) {
      await expect(ask(access_token)).rejects.toThrow(oauth.WWWAuthenticateChallengeError)
    }
  })

  test('ends the session by its access token as well', async () => {
    const { verifier, state, back } = await logInAt(client, redirectUri)
    const answer = oauth.validateAuthResponse(as, client, back, state)
    const response = await oauth.authorizationCodeGrantRequest(
      as,
      client,
      method,
      answer,
      redirectUri,
      verifier,
      options,
    )
    const { access_token } = await oauth.processAuthorizationCodeResponse(as, client, response)
    const additionalParameters = { token_type_hint: 'refresh_token' }
    await oauth.processRevocationResponse(
      await oauth.revocationRequest(as, client, method, access_token, {
        ...options,
        additionalParameters,
      }),
    )
    await expect(ask(access_token)).rejects.toMatchObject({ status: 401 })
  })
})

describe('a client that looks is not mixed up', () => {
  const client: oauth.Client = { client_id: `${app.tenant}-native` }

  test('by an answer of another issuer, of none, of another request, or without a state', async () => {
    const { state, back } = await logInAt(client, 'http://127.0.0.1:51004/callback')
    const judge = (change: (parameters: URLSearchParams) => void) => {
      const url = new URL(back)
      change(url.searchParams)
      return () => oauth.validateAuthResponse(as, client, url, state)
    }
    expect(judge(() => undefined)).not.toThrow()
    expect(judge((all) => all.set('iss', 'http://evil.example'))).toThrow('iss')
    expect(judge((all) => all.delete('iss'))).toThrow('iss')
    expect(judge((all) => all.set('state', 'another'))).toThrow('state')
    expect(judge((all) => all.delete('state'))).toThrow('state')
  })

  test('by an error, which has the issuer as well', async () => {
    const parameters = {
      client_id: client.client_id,
      redirect_uri: 'http://127.0.0.1/callback',
      state: 'x',
    }
    const { headers } = await browserAt(app).open(new URLSearchParams(parameters))
    const back = new URL(headers.get('Location') ?? '')
    expect(back.searchParams.get('iss')).toBe(as.issuer)
    expect(() => oauth.validateAuthResponse(as, client, back, 'x')).toThrow(
      oauth.AuthorizationResponseError,
    )
  })
})

test('a client without a token finds the way from the refusal alone', async () => {
  const refused = await app.request('/auth/me')
  const challenge = refused.headers.get('WWW-Authenticate') ?? ''
  const place = /resource_metadata="([^"]+)"/.exec(challenge)?.[1] ?? ''
  const resource = await oauth.processResourceDiscoveryResponse(
    issuer,
    await app.request(new URL(place).pathname),
  )
  const [server = ''] = resource.authorization_servers ?? []
  const found = await oauth.processDiscoveryResponse(
    new URL(server),
    await oauth.discoveryRequest(new URL(server), { ...options, algorithm: 'oauth2' }),
  )
  expect(found).toEqual(as)
})
