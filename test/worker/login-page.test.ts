import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import { bindings, call, request, vars } from './support/worker.ts'

const ISSUER = 'http://localhost'
const password = 'correct horse battery'
const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
const CALLBACK = 'http://localhost:3000/callback'

const post = (env: Env, path: string, fields: Record<string, string>, headers = {}) =>
  request(env, path, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers,
    redirect: 'manual',
  })

test('the page is rendered, and its login is exchanged for a session', async () => {
  const { env } = bindings({
    customer: { ...vars.customer, require_email_verification: false },
  })
  const email = `${crypto.randomUUID()}@example.com`
  expect((await call(env, 'POST', '/customer', { email, password })).status).toBe(201)
  const parameters = new URLSearchParams({
    response_type: 'code',
    client_id: 'storefront',
    redirect_uri: CALLBACK,
    // Of RFC 7636, appendix B.
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
    state: 'x',
  })
  const opened = await request(env, `/oauth/authorize?${parameters}`)
  const html = await opened.text()
  expect([opened.status, html.startsWith('<!doctype html><html lang="en">')]).toEqual([200, true])
  const page = /name="page" value="([^"]+)"/.exec(html)?.[1] ?? ''
  const headers = { Cookie: opened.headers.get('Set-Cookie')?.split(';')[0] ?? '' }
  const wrong = await post(
    env,
    '/oauth/authorize',
    { page, way: 'password', email, password: 'x' },
    headers,
  )
  expect(wrong.status).toBe(401)
  const done = await post(
    env,
    '/oauth/authorize',
    { page, way: 'password', email, password },
    headers,
  )
  expect(done.status).toBe(303)
  const back = new URL(done.headers.get('Location') ?? '')
  expect([back.origin + back.pathname, back.searchParams.get('iss')]).toEqual([CALLBACK, ISSUER])
  const fields = {
    grant_type: 'authorization_code',
    client_id: 'storefront',
    code: back.searchParams.get('code') ?? '',
    redirect_uri: CALLBACK,
    code_verifier: VERIFIER,
  }
  expect((await post(env, '/oauth/token', fields)).status).toBe(200)
  expect((await post(env, '/oauth/token', fields)).status).toBe(400)
})

describe('a client signs by', () => {
  test.each(['ES256', 'EdDSA', 'PS256', 'RS256'])('%s', async (alg) => {
    const { privateKey, publicKey } = await generateKeyPair(alg)
    const { demo } = vars.tenants
    const signed = { scopes: ['customer:read'], jwks: { keys: [await exportJWK(publicKey)] } }
    const { env } = bindings({
      tenants: { demo: { ...demo, clients: { ...demo.clients, signed } } },
    })
    const assertion = await new SignJWT({ iss: 'signed', sub: 'signed', aud: ISSUER })
      .setProtectedHeader({ alg })
      .setExpirationTime('1 minute')
      .setJti(crypto.randomUUID())
      .sign(privateKey)
    const fields = {
      grant_type: 'client_credentials',
      client_assertion: assertion,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    }
    expect((await post(env, '/oauth/token', fields)).status).toBe(200)
    expect((await post(env, '/oauth/token', fields)).status).toBe(401)
  })
})
