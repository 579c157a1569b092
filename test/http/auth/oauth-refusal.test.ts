import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { Refusal, type RefusalCode, refusals } from '#kernel/error'
import { problemResponse } from '../../../src/http/problem.ts'
import { statusByRefusal } from '../../../src/http/problem-status.ts'
import { serve } from '../../../src/http/serve.ts'
import { startTestApp } from '../../support/app.ts'
import { logIn, makeShopper } from '../../support/shopper.ts'

const app = await startTestApp()
const paths = ['/oauth/token', '/oauth/revoke'] as const

const fields = {
  client_id: `${app.tenant}-storefront`,
  client_secret: 'secret',
  grant_type: 'client_credentials',
  token: 'x',
}
const form = new URLSearchParams(fields).toString()
const type = 'application/x-www-form-urlencoded'

type Init = { headers?: Record<string, string>; body?: BodyInit; duplex?: 'half' }
const post = (path: string, { headers = {}, ...init }: Init) =>
  app.request(path, { method: 'POST', headers: { 'Content-Type': type, ...headers }, ...init })

/** Fails unless a client of OAuth, and one of this service, understands the refusal. */
async function understood(response: Response, path: string) {
  const { status, headers } = response
  expect(headers.get('Content-Type')).toBe('application/json')
  expect(headers.get('Cache-Control')).toBe('no-store')
  const body = (await response.json()) as { code: string; error: string }
  expect(body).toMatchObject({
    error: expect.stringMatching(/^[a-z_]+$/),
    // The characters of RFC 6749, 5.2.
    error_description: expect.stringMatching(/^[\x20\x21\x23-\x5b\x5d-\x7e]+$/),
    requestId: headers.get('X-Request-Id'),
    status,
  })
  expect(Object.keys(refusals), path).toContain(body.code)
  return [status, body.code, body.error]
}

const pieces = (bytes: number) =>
  new ReadableStream<Uint8Array>({
    start(stream) {
      for (let at = 0; at < bytes; at += 1024) stream.enqueue(new Uint8Array(1024).fill(97))
      stream.close()
    },
  })

const unsupported = [415, 'unsupported_media_type', 'invalid_request']
const tooLarge = [413, 'body_too_large', 'invalid_request']
const unreadable = [400, 'malformed_request', 'invalid_request']
const invalid = [400, 'invalid_request', 'invalid_request']

describe('a refusal before the credentials are looked at has an error of OAuth', () => {
  test.each<[string, Init, readonly unknown[]]>([
    [
      'JSON',
      { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(fields) },
      unsupported,
    ],
    ['text', { headers: { 'Content-Type': 'text/plain' }, body: form }, unsupported],
    [
      'a multipart form',
      { headers: { 'Content-Type': 'multipart/form-data; boundary=x' }, body: form },
      unsupported,
    ],
    ['an empty type', { headers: { 'Content-Type': '' }, body: form }, unsupported],
    [
      'a type that only begins like a form',
      { headers: { 'Content-Type': `${type}2` }, body: form },
      unsupported,
    ],
    [
      'a form in Latin-1',
      { headers: { 'Content-Type': `${type}; charset=ISO-8859-1` }, body: form },
      unsupported,
    ],
    [
      'bytes of Latin-1 that are called so',
      {
        headers: { 'Content-Type': `${type};charset="iso-8859-1"` },
        body: Buffer.from(`${form}&a=\xe9`, 'latin1'),
      },
      unsupported,
    ],
    [
      'a form in UTF-16',
      { headers: { 'Content-Type': `${type}; Charset=utf-16` }, body: form },
      unsupported,
    ],
    ['bytes that are not UTF-8', { body: Buffer.from(`${form}&a=\xe9`, 'latin1') }, unreadable],
    ['gzip', { headers: { 'Content-Encoding': 'gzip' }, body: gzipSync(form) }, unsupported],
    ['brotli', { headers: { 'Content-Encoding': 'br' }, body: form }, unsupported],
    ['too many bytes', { body: form.padEnd(64 * 1024 + 1, '+') }, tooLarge],
    ['nothing', { body: '' }, invalid],
    ['no form at all', { body: '{"a":1}' }, invalid],
  ])('%s', async (_, init, expected) => {
    for (const path of paths)
      expect(await understood(await post(path, init), path)).toEqual(expected)
  })

  test.each([
    `${type}; charset=UTF-8`,
    `${type};charset="utf-8"`,
    `${type}; charset=us-ascii`,
    type.toUpperCase(),
    `${type} ; a=b`,
  ])('a form of the type %s is read', async (named) => {
    for (const path of paths) {
      const { status } = await post(path, { headers: { 'Content-Type': named }, body: form })
      expect(status).toBe(200)
    }
  })
})

test('a form that comes in pieces and becomes too large is refused in the words of OAuth', async () => {
  for (const path of paths) {
    const response = await post(path, { body: pieces(65 * 1024), duplex: 'half' })
    expect(await understood(response, path)).toEqual(tooLarge)
  }
})

test('while the database is away, both routes say so in the words of OAuth', async () => {
  const { refreshToken } = await logIn(app, await makeShopper(app))
  const refresh = new URLSearchParams({
    ...fields,
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
    token: refreshToken,
  })
  for (const path of paths) {
    app.wire.faults.add({ at: 'before', do: 'cut' })
    const response = await post(path, { body: refresh.toString() })
    expect(response.headers.get('Retry-After')).toBe('1')
    expect(await understood(response, path)).toEqual([
      503,
      'database_unavailable',
      'temporarily_unavailable',
    ])
  }
})

test('while a setting is wrong, both routes say so in the words of OAuth', async () => {
  for (const path of paths) {
    const request = new Request(`http://customer.test${path}`, { method: 'POST', body: form })
    const response = await serve(request, {}, {} as ExecutionContext)
    expect(await understood(response, path)).toEqual([500, 'misconfigured', 'server_error'])
  }
})

describe('every code of the closed list has an error of OAuth there, and nowhere else', () => {
  test.each(Object.keys(refusals) as RefusalCode[])('%s', async (code) => {
    const refusal = new Refusal(code, { detail: 'a “sentence” of its own' })
    for (const path of paths) {
      const response = problemResponse(refusal, 'req_1', path, '')
      response.headers.set('X-Request-Id', 'req_1')
      response.headers.set('Cache-Control', 'no-store')
      const [status, , error] = await understood(response, path)
      expect(status).toBe(statusByRefusal[code])
      if (status === 429 || status === 503) expect(error).toBe('temporarily_unavailable')
    }
    const elsewhere = problemResponse(refusal, 'req_1', '/customer', '')
    expect(elsewhere.headers.get('Content-Type')).toBe('application/problem+json')
    expect(await elsewhere.json()).not.toHaveProperty('error')
  })
})
