import { createHash, randomUUID } from 'node:crypto'
import { SignJWT, UnsecuredJWT } from 'jose'
import { makeIssuerKeys } from './issuer-key.ts'
import { runOut } from './wait.ts'

/** Who logs in at the stand-in. */
type Person = { readonly sub: string; readonly [claim: string]: unknown }

/** What a browser brings back from the provider. */
export type Brought = {
  readonly url: string
  readonly mode: 'query' | 'form_post'
  readonly parameters: URLSearchParams
}

type Code = { readonly request: URLSearchParams; readonly person: Person; isUsed: boolean }
type Asked = { readonly path: string; readonly headers: Headers; readonly form: URLSearchParams }

export const secretThere = 'a-secret-of-the-client-there'

/**
 * A stand-in for a provider of OpenID Connect that answers by its documents, and wrongly where `state` says so. It is a function in place of
 * `fetch`, and never leaves this process.
 */
export async function startOidcServer(url = 'https://id.example', clientId = 'shop-client') {
  const keys = await makeIssuerKeys()
  const codes = new Map<string, Code>()
  const asked: Asked[] = []
  const state = {
    now: () => new Date(),
    person: { sub: 'person-1', email: 'person@id.example', email_verified: true } as Person,
    /** What the discovery document says otherwise. */
    metadata: {} as Record<string, unknown>,
    /** The error with which it answers instead of a code. */
    error: null as string | null,
    /** Changes the answer on its way through the browser. */
    tamper: (_: URLSearchParams): void => undefined,
    /** Claims that an id token has otherwise; `undefined` takes one away. */
    claims: {} as Record<string, unknown>,
    header: {} as Record<string, unknown>,
    signedBy: 'itself' as 'itself' | 'nobody' | 'client secret' | 'stranger',
    /** The answer of the token endpoint instead of tokens. */
    tokenAnswer: null as { readonly status: number; readonly body: unknown } | null,
    /** A part of the path of what fails, and how. */
    fault: null as { readonly path: string; readonly how: 'cut' | 'hang' | 'fail' | 'page' } | null,
  }

  const metadata = () => ({
    issuer: url,
    authorization_endpoint: `${url}/authorize?theme=shop`,
    token_endpoint: `${url}/token`,
    jwks_uri: `${url}/keys`,
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    authorization_response_iss_parameter_supported: true,
    ...state.metadata,
  })

  async function idToken({ request, person }: Code): Promise<string> {
    const iat = Math.floor(state.now().getTime() / 1000)
    const payload = {
      ...{ iss: url, aud: clientId, iat, exp: iat + 300, nonce: request.get('nonce') },
      ...person,
      ...state.claims,
    }
    const { header, signedBy } = state
    if (signedBy === 'nobody') return new UnsecuredJWT(payload).encode()
    if (signedBy === 'client secret') {
      return new SignJWT(payload)
        .setProtectedHeader({ alg: 'HS256', kid: 'cert-1' })
        .sign(new TextEncoder().encode(secretThere))
    }
    const stranger = signedBy === 'stranger' ? { key: await keys.stranger() } : {}
    return keys.sign(payload, { header, ...stranger })
  }

  async function exchange({ headers, form }: Asked): Promise<Response> {
    if (state.tokenAnswer !== null) {
      return Response.json(state.tokenAnswer.body, { status: state.tokenAnswer.status })
    }
    if (!isClient(headers, form)) return Response.json({ error: 'invalid_client' }, { status: 401 })
    const code = codes.get(form.get('code') ?? '')
    const isGood =
      code !== undefined &&
      !code.isUsed &&
      form.get('grant_type') === 'authorization_code' &&
      form.get('redirect_uri') === code.request.get('redirect_uri') &&
      challengeOf(form.get('code_verifier') ?? '') === code.request.get('code_challenge')
    if (!isGood) return Response.json({ error: 'invalid_grant' }, { status: 400 })
    code.isUsed = true
    const tokens = { access_token: randomUUID(), token_type: 'Bearer', expires_in: 300 }
    return Response.json({ ...tokens, id_token: await idToken(code) })
  }

  function isClient(headers: Headers, form: URLSearchParams): boolean {
    const basic = headers.get('Authorization')
    const shown: string[] =
      basic === null
        ? [form.get('client_id') ?? '', form.get('client_secret') ?? '']
        : Buffer.from(basic.replace('Basic ', ''), 'base64').toString().split(':')
    const [id = '', secret = ''] = shown.map((text: string) => decodeURIComponent(text))
    return id === clientId && secret === secretThere
  }

  async function answer(request: Asked): Promise<Response> {
    if (request.path === '/.well-known/openid-configuration') return Response.json(metadata())
    if (request.path === '/keys') return Response.json(keys.jwks())
    if (request.path === '/token') return exchange(request)
    return page()
  }

  return {
    ...{ url, clientId, state, keys },
    /** The requests that exchanged a code. */
    exchanges: () => asked.filter(({ path }) => path === '/token'),
    /** A browser opens the URL, and the person logs in at once. */
    visit(location: string): Brought {
      const { origin, pathname, searchParams: request } = new URL(location)
      if (origin + pathname !== `${url}/authorize`) throw new Error('the browser went elsewhere')
      if (request.get('client_id') !== clientId) throw new Error('no such client')
      const code = randomUUID()
      codes.set(code, { request, person: state.person, isUsed: false })
      const said = state.error === null ? { code } : { error: state.error }
      const { authorization_response_iss_parameter_supported: names } = metadata()
      const parameters = new URLSearchParams({
        ...said,
        state: request.get('state') ?? '',
        ...(names ? { iss: url } : {}),
      })
      state.tamper(parameters)
      const mode = request.get('response_mode') === 'form_post' ? 'form_post' : 'query'
      return { url: request.get('redirect_uri') ?? '', mode, parameters }
    },
    /** For the service: the world is this provider, and nothing else answers. */
    fetch: (async (input, init) => {
      const place = new URL(String(input))
      if (place.origin !== new URL(url).origin) throw new TypeError('fetch failed')
      const form = new URLSearchParams(String(init?.body ?? ''))
      const request = { path: place.pathname, headers: new Headers(init?.headers), form }
      asked.push(request)
      const { fault } = state
      return fault !== null && place.pathname.includes(fault.path)
        ? misbehave(fault.how, init?.signal)
        : answer(request)
    }) satisfies typeof globalThis.fetch,
  }
}

const challengeOf = (verifier: string): string =>
  createHash('sha256').update(verifier).digest('base64url')

const page = () => new Response('<html></html>', { headers: { 'Content-Type': 'text/html' } })

async function misbehave(how: string, signal: AbortSignal | null | undefined): Promise<Response> {
  if (how === 'fail') return Response.json({}, { status: 500 })
  if (how === 'page') return page()
  if (how === 'cut') throw new TypeError('fetch failed')
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason))
    // The caller has waited for as long as it wants to.
    setImmediate(() => runOut(signal))
  })
}
