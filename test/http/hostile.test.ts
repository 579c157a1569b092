import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { generateKeyPair, SignJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import { anyText } from '../support/any-text.ts'
import { claimsOf, startTestApp } from '../support/app.ts'

const app = await startTestApp()
const { call } = app
const marker = 'Zq9Marker'

describe('a body that cannot be read', () => {
  test.each([
    ['is cut off', '{"email":', 400, 'malformed_json'],
    ['is empty', '', 422, 'invalid_input'],
    ['is no JSON', `${marker}`, 400, 'malformed_json'],
    ['is a list', `["${marker}"]`, 422, 'invalid_input'],
    ['is null', 'null', 422, 'invalid_input'],
    ['is text', `"${marker}"`, 422, 'invalid_input'],
    [
      'has an unknown field',
      `{"email":"a@b.example","zq9Other":"${marker}"}`,
      422,
      'invalid_input',
    ],
    [
      'sets a prototype',
      `{"email":"a@b.example","__proto__":{"status":"${marker}"}}`,
      422,
      'invalid_input',
    ],
    [
      'sets a constructor',
      `{"email":"a@b.example","constructor":"${marker}"}`,
      422,
      'invalid_input',
    ],
    ['names what only we set', `{"email":"a@b.example","orderCount":5}`, 422, 'invalid_input'],
    ['holds a number for a text', `{"email":12345}`, 422, 'invalid_input'],
    ['holds NUL', `{"email":"a@b.example","firstName":"${marker}\\u0000"}`, 422, 'invalid_input'],
    [
      'holds half a surrogate pair',
      `{"email":"a@b.example","firstName":"${marker}\\ud800"}`,
      422,
      'invalid_input',
    ],
    [
      'holds NUL in a key',
      `{"email":"a@b.example","metadata":{"${marker}\\u0000":"x"}}`,
      422,
      'invalid_input',
    ],
  ])('%s', async (_, body, status, code) => {
    const headers = { 'Content-Type': 'application/json' }
    const answer = await call('POST', '/customer', { body, headers })
    expect([answer.status, answer.body.code]).toEqual([status, code])
    expect(answer.text).not.toContain(marker)
  })

  test('is larger than 64 KB', async () => {
    const body = JSON.stringify({ email: 'a@b.example', firstName: marker.repeat(120_000) })
    const answer = await call('POST', '/customer', { body })
    expect([answer.status, answer.body.code]).toEqual([413, 'body_too_large'])
  })

  test('is of another type', async () => {
    const answer = await call('POST', '/customer', {
      body: 'a=b',
      headers: { 'Content-Type': 'text/plain' },
    })
    expect([answer.status, answer.body.code]).toEqual([415, 'unsupported_media_type'])
  })

  test.each([
    ['is not UTF-8', Buffer.from('{"email":"l@b.example","firstName":"Zo\xe9"}', 'latin1'), {}],
    [
      'is cut within a letter',
      Buffer.from('{"email":"l@b.example","firstName":"é"}').subarray(0, 38),
      {},
    ],
    ['is compressed', gzipSync('{"email":"l@b.example"}'), { 'Content-Encoding': 'gzip' }],
  ])('%s', async (_, body, coding) => {
    const headers = {
      Authorization: `Bearer ${app.tokens.service}`,
      'Content-Type': 'application/json',
      ...coding,
    }
    const answer = await app.request('/customer', { method: 'POST', headers, body })
    const { code } = (await answer.json()) as { code: string }
    expect([answer.status, code]).toEqual(
      'Content-Encoding' in coding ? [415, 'unsupported_media_type'] : [400, 'malformed_json'],
    )
  })

  test('comes in pieces and becomes larger than 64 KB', async () => {
    const piece = new TextEncoder().encode(' '.repeat(1024))
    const body = new ReadableStream<Uint8Array>({
      start(pieces) {
        for (let i = 0; i < 65; i++) pieces.enqueue(piece)
        pieces.close()
      },
    })
    const headers = {
      Authorization: `Bearer ${app.tokens.service}`,
      'Content-Type': 'application/json',
    }
    const init = { method: 'POST', headers, body, duplex: 'half' }
    expect((await app.request('/customer', init)).status).toBe(413)
  })

  test('is nested deeper than anyone would write', async () => {
    const body = `{"email":"a@b.example","metadata":${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}}`
    expect((await call('POST', '/customer', { body })).status).toBe(422)
  })
})

test('whatever JSON comes, the answer is a refusal or a customer, never our fault and never an echo', async () => {
  const value = fc.oneof(
    anyText(),
    fc.constant(`${marker}'";--\u0000`),
    fc.jsonValue({ maxDepth: 3 }),
  )
  const field = fc.constantFrom(
    'email',
    'firstName',
    'phone',
    'locale',
    'metadata',
    'externalId',
    '__proto__',
    'x',
  )
  await fc.assert(
    fc.asyncProperty(fc.dictionary(field, value), async (body) => {
      const { status, text } = await call('POST', '/customer', { body })
      expect(status).toBeOneOf([201, 409, 422])
      if (status !== 201) expect(text).not.toContain(marker)
    }),
    { numRuns: 150 },
  )
})

describe('a path that cannot be an id', () => {
  test.each([
    'cust_',
    'x',
    '%00',
    'cust_0000000000000000000000000%00',
    '..%2f..',
    "'--",
    '%F0%9F%98%80',
  ])('%s answers like one that does not exist', async (id) => {
    const unknown = await call('GET', `/customer/${newId('customer', new Date())}`)
    const odd = await call('GET', `/customer/${id}`)
    expect(odd.status).toBe(404)
    expect({ ...odd.body, requestId: '' }).toEqual({ ...unknown.body, requestId: '' })
  })
})

describe('headers that cannot be right', () => {
  test.each(['', 'with space', 'x'.repeat(256), 'naïve'])('Idempotency-Key %j', async (key) => {
    const headers = { 'Idempotency-Key': key }
    const answer = await call('POST', '/customer', {
      body: { email: 'k@b.example' },
      headers,
    })
    expect([answer.status, answer.body.code]).toEqual([400, 'malformed_request'])
  })

  test.each([
    ['3', 400],
    ['"3', 400],
    ['"1" "2"', 400],
    ['"98", "99"', 412],
    ['W/"x"', 412],
    ['"99999999999999999999"', 412],
  ])('If-Match %s', async (tag, status) => {
    const { body } = await call('POST', '/customer/find-or-create', {
      body: { email: 'match@b.example' },
    })
    const answer = await call('PATCH', `/customer/${body.id}`, {
      body: {},
      headers: { 'If-Match': tag },
    })
    expect(answer.status).toBe(status)
  })
})

describe('a token that is not ours', () => {
  const good = claimsOf(app.runtime, `${app.tenant}-service`, app.tenant, 'customer:read')
  const claims = { ...good, jti: 'j' }
  const mine = async (
    header: { alg: string; typ?: string; kid?: string },
    changes: object = {},
  ) => {
    const { privateKey } = await generateKeyPair('ES256')
    const { keys } = await app.runtime.identity.issuer.jwks()
    return new SignJWT({ ...claims, ...changes })
      .setProtectedHeader({ kid: keys[0]?.kid ?? '', typ: 'at+jwt', ...header })
      .setIssuer('http://customer.test')
      .setAudience('http://customer.test')
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(privateKey)
  }
  const refused = async (token: string) => {
    const { status, body, headers } = await call('GET', '/customer/cust_x', { token })
    expect([status, body.code]).toEqual([401, 'invalid_token'])
    expect(headers.get('WWW-Authenticate')).toContain('invalid_token')
  }

  test('signed by another key', async () => refused(await mine({ alg: 'ES256' })))
  test('signed by a key we never had', async () =>
    refused(await mine({ alg: 'ES256', kid: 'other' })))
  test('not signed', async () => {
    const part = (json: object) => Buffer.from(JSON.stringify(json)).toString('base64url')
    await refused(`${part({ alg: 'none', typ: 'at+jwt' })}.${part({ ...claims, exp: 9e9 })}.`)
  })
  test('expired', async () => {
    const token = await app.runtime.identity.issuer.sign(claims, 60)
    app.advance(61_000)
    await refused(token)
  })
  test('cut off', async () => refused(app.tokens.service.slice(0, -5)))
  test('of a tenant that is not served here', async () => {
    await refused(await app.runtime.identity.issuer.sign({ ...claims, tenant: 'nobody' }, 60))
  })
})
