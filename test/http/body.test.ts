import { describe, expect, test } from 'vitest'
import { startTestApp } from '../support/app.ts'

const app = await startTestApp()

const headers = {
  Authorization: `Bearer ${app.tokens.service}`,
  'Content-Type': 'application/json',
}

/** A customer's registration that is so many bytes long, spaces included. */
const padded = (email: string, bytes: number) => JSON.stringify({ email }).padEnd(bytes, ' ')

const inPieces = (text: string) =>
  new ReadableStream<Uint8Array>({
    start(pieces) {
      const bytes = new TextEncoder().encode(text)
      for (let at = 0; at < bytes.length; at += 1000) pieces.enqueue(bytes.slice(at, at + 1000))
      pieces.close()
    },
  })

describe('64 KB is the most that a body may be', () => {
  test.each([
    [64 * 1024, 201],
    [64 * 1024 + 1, 413],
  ])('%i bytes answer %i, whole or in pieces', async (bytes, status) => {
    const whole = padded(`whole-${bytes}@example.com`, bytes)
    const length = { 'Content-Length': String(bytes) }
    const known = { method: 'POST', headers: { ...headers, ...length }, body: whole }
    expect((await app.request('/customer', known)).status).toBe(status)

    const body = inPieces(padded(`pieces-${bytes}@example.com`, bytes))
    const unknown = { method: 'POST', headers, body, duplex: 'half' }
    expect((await app.request('/customer', unknown)).status).toBe(status)
  })
})

test('a body that comes in pieces counts for its key as one that comes whole', async () => {
  const keyed = { ...headers, 'Idempotency-Key': 'in-pieces' }
  const text = JSON.stringify({ email: 'pieces@example.com', firstName: 'Zoé' })
  const first = await app.request('/customer', { method: 'POST', headers: keyed, body: text })
  const again = { method: 'POST', headers: keyed, body: inPieces(text), duplex: 'half' }
  const second = await app.request('/customer', again)
  expect([first.status, second.status]).toEqual([201, 201])
  expect(await second.text()).toBe(await first.text())
  expect(second.headers.get('Idempotent-Replayed')).toBe('true')
})

test.each([[headers], [{ Authorization: headers.Authorization }]])(
  'an optional body may be left out, whatever type it is said to be',
  async (sent) => {
    const made = await app.call('POST', '/customer/find-or-create', {
      body: { email: 'optional@example.com' },
    })
    const path = `/customer/${made.body.id}/disable`
    const answer = await app.request(path, { method: 'POST', headers: sent })
    expect(answer.status).toBe(200)
  },
)

describe('an empty body has no fields, whatever type it is said to be', () => {
  const empty = 'The body is empty. `errors` names the fields that it needs.'
  test.each([
    ['/customer', ['email']],
    ['/group', ['key']],
    ['/webhook', ['url', 'events']],
    ['/auth/login', ['email', 'password']],
  ])('POST %s', async (path, fields) => {
    for (const sent of [headers, { Authorization: headers.Authorization }]) {
      const answer = await app.request(path, { method: 'POST', headers: sent })
      const { code, detail, errors } = Object(await answer.json())
      expect([answer.status, code, detail]).toEqual([422, 'invalid_input', empty])
      expect(errors.map((one: { path: string }) => one.path)).toEqual(fields)
    }
  })
})
