import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll } from 'vitest'
import { makeCodeDesk } from './hanzo-code.ts'
import { answerCasdoor, answerIam, type HanzoUser } from './hanzo-users.ts'
import { makeIssuerKeys } from './issuer-key.ts'
import type { Brought } from './oidc-server.ts'
import { runOut } from './wait.ts'

/** What a caller sent; what must not stand in a URL stands in the body. */
type Asked = { readonly path: string; readonly search: string; readonly body: string }
export type Said = { readonly status: number; readonly body: unknown; readonly html?: true }

export const application = { clientId: 'shop-store', clientSecret: 'hanzo-secret' }

/**
 * A stand-in for Hanzo ID that answers as its generations do, oddities included: `casdoor` is the fork of Casdoor, `iam` the
 * present one. It never leaves this machine.
 */
export async function startHanzoServer({ api = 'iam' as 'iam' | 'casdoor' } = {}) {
  const keys = await makeIssuerKeys()
  const users: HanzoUser[] = []
  const refreshTokens = new Map<string, { readonly user: HanzoUser; isUsed: boolean }>()
  const asked: Asked[] = []
  const state = {
    now: () => new Date(),
    /** A part of the path of what fails, and how. */
    fault: null as {
      readonly path: string
      readonly how: 'cut' | 'hang' | 'fail' | 'page' | 'error'
    } | null,
    grants: ['authorization_code', 'password', 'refresh_token', 'client_credentials'],
    /** Where its application may send a browser. */
    redirectUris: ['http://customer.test/oauth/callback'],
    lifetime: 3600,
    /** Claims that every access token has besides. */
    claims: {} as Record<string, unknown>,
    /** Claims that what a code gives has besides. */
    idClaims: {} as Record<string, unknown>,
    refreshes: true,
    /** Another secret than the one that was told. */
    secret: null as string | null,
    /** Who the discovery document says it is; null: who it is. */
    name: null as string | null,
  }

  const claimsOf = (user: HanzoUser) => ({
    iss: url,
    sub: user.id,
    aud: [application.clientId],
    azp: application.clientId,
    owner: user.owner,
    name: user.name,
    email: user.email,
    email_verified: user.emailVerified,
    roles: api === 'casdoor' ? [{ name: 'customer' }] : undefined,
    scope: 'openid profile email',
    ...times(),
  })
  const times = () => {
    const iat = Math.floor(state.now().getTime() / 1000)
    return { iat, exp: iat + state.lifetime, jti: randomUUID() }
  }
  const accessToken = (user: HanzoUser, more: object = {}) =>
    keys.sign({ ...claimsOf(user), tokenType: 'access-token', ...state.claims, ...more })

  const desk = makeCodeDesk({ api, now: () => state.now(), redirectUris: state.redirectUris })

  /** One generation sends the access token as the id token; the other one has an id token of its own. */
  async function idTokenFor(user: HanzoUser, access: string, login: URLSearchParams | null) {
    if (api === 'casdoor') return { id_token: access }
    const isAsked = login?.get('scope')?.split(' ').includes('openid')
    if (login === null || !isAsked) return {}
    const claims = { nonce: login.get('nonce'), tokenType: 'id-token', ...state.idClaims }
    return { id_token: await keys.sign({ ...claimsOf(user), ...claims }) }
  }

  async function tokensFor(user: HanzoUser, login: URLSearchParams | null = null): Promise<Said> {
    const access_token = await accessToken(
      user,
      api === 'casdoor' ? { nonce: login?.get('nonce') ?? '', ...state.idClaims } : {},
    )
    const refresh_token =
      api === 'casdoor' ? await accessToken(user, { tokenType: 'refresh-token' }) : randomUUID()
    refreshTokens.set(refresh_token, { user, isUsed: false })
    const body = { access_token, token_type: 'Bearer', expires_in: state.lifetime, scope: 'openid' }
    const id = await idTokenFor(user, access_token, login)
    return ok({ ...body, ...id, ...(state.refreshes ? { refresh_token } : {}) })
  }

  async function grant(form: URLSearchParams): Promise<Said> {
    const kind = form.get('grant_type') ?? ''
    const isService = form.get('client_id') === 'shop-backend'
    const secret = isService ? 'backend-secret' : application.clientSecret
    // Where a code has a challenge, one generation asks for no secret; a wrong one fails all the same.
    const isSpared = api === 'casdoor' && form.has('code_verifier') && !form.has('client_secret')
    if (!isSpared && form.get('client_secret') !== secret) return oauth(401, 'invalid_client')
    if (!state.grants.includes(kind)) return oauth(400, 'unsupported_grant_type')
    if (kind === 'client_credentials') {
      const clientId = form.get('client_id') ?? ''
      const machine = {
        ...{ iss: url, sub: `admin/${clientId}`, owner: 'admin', name: clientId },
        ...{ aud: clientId, azp: clientId, tokenType: 'access-token' },
      }
      const token = await keys.sign({ ...machine, ...times(), ...state.claims })
      return ok({ access_token: token, token_type: 'Bearer', expires_in: state.lifetime })
    }
    if (kind === 'authorization_code') {
      const login = desk.redeem(form)
      return 'status' in login ? login : tokensFor(login.user, login.request)
    }
    if (kind === 'refresh_token') return refresh(form.get('refresh_token') ?? '')
    const name = form.get('username')
    const owner = form.get('organization')
    const user = users.find((it) => it.owner === owner && (it.name === name || it.email === name))
    if (user === undefined) return oauth(400, 'invalid_grant', 'the user does not exist')
    if (user.isForbidden) return oauth(400, 'invalid_grant', 'the user is forbidden to sign in')
    if (user.password !== form.get('password')) {
      return oauth(400, 'invalid_grant', 'invalid username or password: 4 tries left')
    }
    return tokensFor(user)
  }

  async function refresh(token: string): Promise<Said> {
    const held = refreshTokens.get(token)
    if (held === undefined || held.isUsed || held.user.isForbidden) {
      return oauth(400, 'invalid_grant', 'refresh token is invalid or revoked')
    }
    held.isUsed = true
    return tokensFor(held.user)
  }

  async function answer(request: IncomingMessage, body: string): Promise<Said> {
    const { pathname, searchParams } = new URL(request.url ?? '/', url)
    const paths =
      api === 'casdoor'
        ? {
            authorize: '/login/oauth/authorize',
            token: '/api/login/oauth/access_token',
            jwks: '/.well-known/jwks',
          }
        : {
            authorize: '/v1/iam/oauth/authorize',
            token: '/v1/iam/oauth/token',
            jwks: '/v1/iam/.well-known/jwks',
          }
    if (pathname === '/.well-known/openid-configuration') {
      return ok({
        issuer: state.name ?? url,
        jwks_uri: url + paths.jwks,
        authorization_endpoint: url + paths.authorize,
        token_endpoint: url + paths.token,
        ...(api === 'iam' ? { revocation_endpoint: url + revocation } : {}),
      })
    }
    if (pathname === paths.jwks) return ok(keys.jwks())
    if (pathname === revocation && api === 'iam') {
      const held = refreshTokens.get(new URLSearchParams(body).get('token') ?? '')
      if (held !== undefined) held.isUsed = true
      return ok({})
    }
    if (pathname === paths.token) return grant(new URLSearchParams(body))
    const method = request.method ?? ''
    const authorization = request.headers.authorization ?? ''
    const clientSecret = state.secret ?? application.clientSecret
    const call = {
      method,
      pathname,
      searchParams,
      body,
      authorization,
      ...application,
      clientSecret,
    }
    const said = api === 'casdoor' ? answerCasdoor(users, call) : answerIam(users, call)
    return said ?? { status: 200, body: '<html>Hanzo ID</html>', html: true }
  }

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const body = Buffer.concat(chunks).toString('utf8')
    const [path = '', search = ''] = (request.url ?? '').split('?')
    asked.push({ path, search, body })
    const { fault } = state
    if (fault !== null && path.includes(fault.path)) return misbehave(request, response, fault.how)
    const said = await answer(request, body)
    const type = said.html ? 'text/html' : 'application/json'
    response.writeHead(said.status, { 'Content-Type': type })
    response.end(said.html ? said.body : JSON.stringify(said.body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  afterAll(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const url = `http://localhost:${(server.address() as AddressInfo).port}`
  return {
    api,
    url,
    users,
    asked,
    state,
    /** How many refresh tokens are good. */
    refreshable: () => [...refreshTokens.values()].filter(({ isUsed }) => !isUsed).length,
    keys,
    accessToken,
    claimsOf,
    /** A user whom somebody else made. */
    addUser(user: Partial<HanzoUser> & Pick<HanzoUser, 'owner' | 'name'>): HanzoUser {
      const made = { ...blank(), ...user }
      users.push(made)
      return made
    },
    /** A browser opens a URL of the authorization endpoint, and the user logs in at once. */
    visit(location: string, user: HanzoUser): Brought | Said {
      const { origin, searchParams } = new URL(location)
      if (origin !== url) throw new Error('the browser went elsewhere')
      return desk.authorize(searchParams, user)
    },
    userOf: (email: string) => users.find((user) => user.email === email.toLowerCase()),
    /** For the service: the world is this server, and nothing else answers. */
    fetch: (async (input, init) => {
      const { fault } = state
      if (fault?.how === 'hang' && String(input).includes(fault.path)) {
        // The caller has waited for as long as it wants to.
        setImmediate(() => runOut(init?.signal))
      }
      if (String(input).startsWith(url)) return fetch(input, init)
      throw new TypeError('fetch failed')
    }) satisfies typeof globalThis.fetch,
  }
}

export const blank = (): Omit<HanzoUser, 'owner' | 'name'> => ({
  id: randomUUID(),
  email: '',
  emailVerified: false,
  isForbidden: false,
  password: randomUUID(),
})

const revocation = '/v1/iam/oauth/revoke'
const ok = (body: unknown): Said => ({ status: 200, body })
export const oauth = (status: number, error: string, error_description = ''): Said => ({
  status,
  body: { error, error_description },
})

function misbehave(request: IncomingMessage, response: ServerResponse, how: string): void {
  if (how === 'cut') request.socket.destroy()
  if (how === 'fail') response.writeHead(500, { 'Content-Type': 'application/json' }).end('{}')
  if (how === 'error') {
    response.writeHead(200, { 'Content-Type': 'application/json' })
    response.end(JSON.stringify({ status: 'error', msg: 'internal error' }))
  }
  if (how === 'page') response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html></html>')
}
