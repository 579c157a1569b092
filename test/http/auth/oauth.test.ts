import { decodeJwt } from 'jose'
import * as oauth from 'oauth4webapi'
import { describe, expect, test } from 'vitest'
import { startTestApp } from '../../support/app.ts'
import { logIn, makeShopper } from '../../support/shopper.ts'

const app = await startTestApp()

type Sent = {
  readonly method: string
  readonly headers: Record<string, string>
  readonly body?: URLSearchParams | undefined
}

/** The client library's way to the service; it was written by people who never saw this one. */
const options = {
  [oauth.allowInsecureRequests]: true,
  [oauth.customFetch]: (url: string, { method, headers, body }: Sent) =>
    app.request(new URL(url).pathname, { method, headers, body: body ?? null }),
}
const issuer = new URL('http://customer.test')
const service: oauth.Client = { client_id: `${app.tenant}-service` }
const storefront: oauth.Client = { client_id: `${app.tenant}-storefront` }
const stranger: oauth.Client = { client_id: `${app.otherTenant}-storefront` }
const secret = oauth.ClientSecretBasic('secret')

const discover = async () =>
  oauth.processDiscoveryResponse(
    issuer,
    await oauth.discoveryRequest(issuer, { ...options, algorithm: 'oidc' }),
  )
const as = await discover()

const refreshWith = (client: oauth.Client, token: string) =>
  oauth
    .refreshTokenGrantRequest(as, client, secret, token, options)
    .then((response) => oauth.processRefreshTokenResponse(as, client, response))

const revoke = async (client: oauth.Client, token: string) =>
  oauth.processRevocationResponse(await oauth.revocationRequest(as, client, secret, token, options))

const openSession = async () => logIn(app, await makeShopper(app))
const isAlive = async (accessToken: string) =>
  (await app.call('GET', '/auth/me', { token: accessToken })).status === 200

describe('a client library that follows the standards', () => {
  test('finds its way from the discovery document', () => {
    expect(as.issuer).toBe('http://customer.test')
    expect(as.token_endpoint).toBe('http://customer.test/oauth/token')
  })

  test('gets a token by client credentials that the library finds valid (RFC 9068)', async () => {
    const response = await oauth.clientCredentialsGrantRequest(
      as,
      service,
      secret,
      new URLSearchParams({ scope: 'customer:read' }),
      options,
    )
    const granted = await oauth.processClientCredentialsResponse(as, service, response)
    expect(granted).toMatchObject({
      token_type: 'bearer',
      expires_in: 3600,
      scope: 'customer:read',
    })
    const claims = await oauth.validateJwtAccessToken(
      as,
      new Request('http://customer.test/', {
        headers: { Authorization: `Bearer ${granted.access_token}` },
      }),
      'http://customer.test',
      { ...options, [oauth.jwksCache]: {} },
    )
    expect(claims).toMatchObject({ client_id: service.client_id, tenant: app.tenant })
    const list = await app.call('GET', '/customer', { token: granted.access_token })
    expect(list.status).toBe(200)
  })

  test('refreshes a session, and again with the token it got', async () => {
    const session = await openSession()
    const first = await refreshWith(storefront, session.refreshToken)
    const second = await refreshWith(storefront, first.refresh_token ?? '')
    expect(await isAlive(second.access_token)).toBe(true)
  })

  test('gets the same refresh token for one that was just used, and invalid_grant later', async () => {
    const session = await openSession()
    const first = await refreshWith(storefront, session.refreshToken)
    const again = await refreshWith(storefront, session.refreshToken)
    expect(again.refresh_token).toBe(first.refresh_token)
    app.advance(60_000)
    await expect(refreshWith(storefront, session.refreshToken)).rejects.toMatchObject({
      error: 'invalid_grant',
    })
    expect(await isAlive(first.access_token)).toBe(false)
  })

  test.each([
    ['refresh token', 'refreshToken'],
    ['access token', 'accessToken'],
  ] as const)('revokes a session by its %s, and may do so again', async (_, name) => {
    const session = await openSession()
    await revoke(storefront, session[name])
    await revoke(storefront, session[name])
    expect(await isAlive(session.accessToken)).toBe(false)
  })

  test('may revoke what nobody knows', async () => {
    await expect(revoke(storefront, 'whatever')).resolves.toBeUndefined()
  })

  test("ends a service's token", async () => {
    const token = await app.tokenWith('customer:read')
    expect((await app.call('GET', '/customer', { token })).status).toBe(200)
    await revoke(service, token)
    expect((await app.call('GET', '/customer', { token })).status).toBe(401)
  })
})

type TokenAnswer = {
  readonly access_token: string
  readonly refresh_token: string
  readonly scope?: string
  readonly error?: string
}

describe('a scope is narrowed, or refused', () => {
  const ask = async (fields: Record<string, string>) => {
    const response = await app.request('/oauth/token', {
      method: 'POST',
      body: new URLSearchParams({ client_secret: 'secret', ...fields }),
    })
    const body = (await response.json()) as TokenAnswer
    return { status: response.status, body, said: body.scope ?? body.error }
  }
  const blanks = ['account', ' account ', 'account account', 'account  account', '']
  const beyond = [
    'customer:read',
    'account customer:read',
    'customer:read account',
    'Account',
    'acc',
    'account,account',
    'account\taccount',
    ' ',
    '   ',
    'offline_access',
    '*',
  ]
  const refresh = (refresh_token: string, scope: string) =>
    ask({ grant_type: 'refresh_token', client_id: storefront.client_id, refresh_token, scope })

  test.each(blanks)(
    'a session refreshes with the scope %j, and again without one',
    async (scope) => {
      const { refreshToken } = await openSession()
      const narrowed = await refresh(refreshToken, scope)
      expect(narrowed.said).toBe('account')
      expect(decodeJwt(narrowed.body.access_token).scope).toBe('account')
      expect(await isAlive(narrowed.body.access_token)).toBe(true)
      expect((await refresh(narrowed.body.refresh_token, '')).said).toBe('account')
    },
  )

  test.each(beyond)(
    'a session does not refresh with the scope %j, and its token is still good',
    async (scope) => {
      const { refreshToken, accessToken } = await openSession()
      const { status, body, said } = await refresh(refreshToken, scope)
      expect([status, said, body.access_token]).toEqual([400, 'invalid_scope', undefined])
      expect(await isAlive(accessToken)).toBe(true)
      expect((await refresh(refreshToken, 'account')).status).toBe(200)
    },
  )

  test.each([
    ['customer:read', 'customer:read'],
    ['order:write customer:read', 'customer:read order:write'],
    [' customer:read  customer:read ', 'customer:read'],
    [
      '',
      'customer:read customer:write customer:erase group:write order:write merge:write event:read webhook:write session:create',
    ],
    ['customer:read customer:root', 'invalid_scope'],
    ['customer:register', 'invalid_scope'],
    ['account', 'invalid_scope'],
    ['CUSTOMER:READ', 'invalid_scope'],
    ['customer:read,order:write', 'invalid_scope'],
    ['  ', 'invalid_scope'],
  ])('a service that asks for %j gets %s', async (scope, expected) => {
    const { body, said } = await ask({
      grant_type: 'client_credentials',
      client_id: service.client_id,
      scope,
    })
    expect(said).toBe(expected)
    if (body.access_token) expect(decodeJwt(body.access_token).scope).toBe(expected)
  })
})

describe('a client', () => {
  test.each([
    ['of another tenant', stranger],
    ['of the same tenant', service],
  ])("%s neither refreshes nor revokes another client's session", async (_, other) => {
    const session = await openSession()
    await expect(refreshWith(other, session.refreshToken)).rejects.toMatchObject({
      error: 'invalid_grant',
    })
    await revoke(other, session.refreshToken)
    await revoke(other, session.accessToken)
    expect(await isAlive(session.accessToken)).toBe(true)
    expect((await refreshWith(storefront, session.refreshToken)).access_token).toBeDefined()
  })

  const post = async (path: string, fields: Record<string, string>, headers = {}) => {
    const response = await app.request(path, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers,
    })
    return [response.status, ((await response.json()) as { error: string }).error]
  }
  const known = { client_id: service.client_id, client_secret: 'secret' }

  test.each([
    ['/oauth/token', { grant_type: 'client_credentials' }, 401, 'invalid_client'],
    [
      '/oauth/token',
      { ...known, client_secret: 'x', grant_type: 'client_credentials' },
      401,
      'invalid_client',
    ],
    [
      '/oauth/token',
      { ...known, client_id: 'x', grant_type: 'client_credentials' },
      401,
      'invalid_client',
    ],
    ['/oauth/token', known, 400, 'invalid_request'],
    ['/oauth/token', { ...known, grant_type: 'password' }, 400, 'unsupported_grant_type'],
    ['/oauth/token', { ...known, grant_type: 'refresh_token' }, 400, 'invalid_request'],
    [
      '/oauth/token',
      { ...known, grant_type: 'refresh_token', refresh_token: 'x' },
      400,
      'invalid_grant',
    ],
    [
      '/oauth/token',
      { ...known, grant_type: 'client_credentials', scope: 'x' },
      400,
      'invalid_scope',
    ],
    ['/oauth/revoke', { ...known }, 400, 'invalid_request'],
    ['/oauth/revoke', { token: 'x' }, 401, 'invalid_client'],
  ])('at %s with %j is answered %i %s', async (path, fields, status, error) => {
    expect(await post(path, fields)).toEqual([status, error])
  })

  test('is told how to say who it is', async () => {
    const response = await app.request('/oauth/token', {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    })
    expect(response.headers.get('WWW-Authenticate')).toBe('Basic realm="customer"')
    expect(response.headers.get('Cache-Control')).toBe('no-store')
  })

  test('costs one round trip to refresh, one to revoke, none for a token of its own', async () => {
    const { refreshToken } = await openSession()
    const trips = async (work: () => Promise<unknown>) => {
      app.wire.reset()
      await work()
      return app.wire.count().trips
    }
    let next = ''
    expect(
      await trips(async () => {
        next = (await refreshWith(storefront, refreshToken)).refresh_token ?? ''
      }),
    ).toBe(1)
    expect(await trips(() => revoke(storefront, next))).toBe(1)
    expect(
      await trips(() => post('/oauth/token', { ...known, grant_type: 'client_credentials' })),
    ).toBe(0)
  })
})
