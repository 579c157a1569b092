import { Webhook as Verifier } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { newId } from '#kernel/id'
import { startTestApp } from '../support/app.ts'
import { startReceiver } from '../support/receiver.ts'
import { sql } from '../support/sql.ts'

const receiver = await startReceiver()
const app = await startTestApp({ development: true, fetch: receiver.fetch })
const { call, tokens, tenant } = app

const HOUR = 3_600_000
const url = 'https://shop.example/hook'
const create = async (input: Record<string, unknown> = {}) =>
  (await call('POST', '/webhook', { body: { url, events: ['*'], ...input } })).body
const register = () =>
  call('POST', '/customer', { body: { email: `${crypto.randomUUID()}@example.com` } })

test('a webhook has exactly these fields, and its secret this one time', async () => {
  const { status, body, headers } = await call('POST', '/webhook', {
    body: { url, events: ['customer.*', 'customer.*'], description: ' Orders ' },
  })
  expect(status).toBe(201)
  expect([headers.get('ETag'), headers.get('Location')]).toEqual(['W/"1"', `/webhook/${body.id}`])
  const { secret, ...shown } = body
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  expect(shown).toEqual({
    id: expect.stringMatching(/^whk_/),
    url,
    events: ['customer.*'],
    description: 'Orders',
    status: 'enabled',
    disabledReason: null,
    failingSince: null,
    lastAttempt: null,
    previousSecretUntil: null,
    createdAt: expect.stringMatching(/Z$/),
    updatedAt: body.createdAt,
  })
  expect((await call('GET', `/webhook/${body.id}`)).body).toEqual(shown)
  expect((await call('GET', '/webhook?limit=1')).body.data).toEqual([shown])
})

test('a repeated request shows the same secret, which the database never holds in the clear', async () => {
  const headers = { 'Idempotency-Key': 'hook' }
  const request = { body: { url, events: ['*'] }, headers }
  const first = await call('POST', '/webhook', request)
  const again = await call('POST', '/webhook', request)
  expect(again.headers.get('Idempotent-Replayed')).toBe('true')
  expect(again.text).toBe(first.text)
  const kept = await app.db.run([
    sql`select row_to_json(i)::text as kept from idempotency i where tenant = ${tenant}`,
    sql`select row_to_json(w)::text as kept from webhook w where tenant = ${tenant}`,
  ])
  const secret = first.body.secret.replace('whsec_', '')
  expect(kept.flat().length).toBeGreaterThan(1)
  expect(JSON.stringify(kept)).not.toContain(secret)
})

test('webhooks are listed newest first, a page at a time, and counted', async () => {
  const made = [await create(), await create(), await create()].map(({ id }) => id)
  const first = await call('GET', '/webhook?limit=2&count=exact')
  expect(first.body.data.map(({ id }: { id: string }) => id)).toEqual([made[2], made[1]])
  expect(first.body.pagination).toMatchObject({ hasMore: true, totalIsExact: true })
  const { nextCursor } = first.body.pagination
  const next = await call('GET', `/webhook?limit=2&cursor=${encodeURIComponent(nextCursor)}`)
  expect(next.body.data[0].id).toBe(made[0])
  const foreign = await call('GET', '/webhook', { token: tokens.stranger })
  expect(foreign.body.data).toEqual([])
})

test('a webhook is changed where it differs, and only by who has seen its present state', async () => {
  const { id } = await create()
  const path = `/webhook/${id}`
  const same = await call('PATCH', path, { body: { url, status: 'enabled' } })
  expect(same.headers.get('ETag')).toBe('W/"1"')
  const { body, headers } = await call('PATCH', path, {
    body: { url: 'https://other.example/', events: ['webhook.disabled'], description: 'x' },
    headers: { 'If-Match': 'W/"1"' },
  })
  expect(body).toMatchObject({
    url: 'https://other.example/',
    events: ['webhook.disabled'],
    description: 'x',
  })
  expect(headers.get('ETag')).toBe('W/"2"')
  const stale = await call('PATCH', path, {
    body: { description: null },
    headers: { 'If-Match': 'W/"1"' },
  })
  expect([stale.status, stale.body.changed]).toEqual([412, ['description', 'events', 'url']])
  expect((await call('DELETE', path, { headers: { 'If-Match': 'W/"1"' } })).status).toBe(412)
  const off = await call('PATCH', path, { body: { status: 'disabled' } })
  expect([off.body.status, off.body.disabledReason]).toEqual(['disabled', 'asked'])
  const on = await call('PATCH', path, { body: { status: 'enabled', description: null } })
  expect([on.body.status, on.body.disabledReason, on.body.description]).toEqual([
    'enabled',
    null,
    null,
  ])
})

test('what is deleted is not there, and neither is what is not ours', async () => {
  const { id } = await create()
  const other = await create()
  expect((await call('DELETE', `/webhook/${id}`)).status).toBe(204)
  const range = { after: '2024-01-01T00:00:00Z' }
  for (const [method, path, body] of [
    ['GET', ''],
    ['PATCH', '', {}],
    ['DELETE', ''],
    ['POST', '/rotate-secret'],
    ['POST', '/test'],
    ['POST', '/replay', range],
    ['GET', '/delivery'],
  ] as const) {
    for (const [hook, token] of [
      [id, tokens.service],
      [other.id, tokens.stranger],
      [newId('webhook', new Date()), tokens.service],
      ['whk_x', tokens.service],
    ]) {
      const options = { token: token ?? null, ...(body === undefined ? {} : { body }) }
      const answer = await call(method, `/webhook/${hook}${path}`, options)
      expect([answer.status, answer.body.code], path).toEqual([404, 'webhook_not_found'])
    }
  }
})

test('nothing is sent to where nobody may be sent, and the address is not repeated', async () => {
  for (const bad of [
    'http://shop.example/hook',
    'https://10.0.0.1/secret',
    'https://user:secret@shop.example/',
    'https://customer.test/secret',
    'ftp://localhost/',
    'not a secret url',
  ]) {
    const made = await call('POST', '/webhook', { body: { url: bad, events: ['*'] } })
    expect([made.status, made.body.errors?.[0]?.code], bad).toEqual([422, 'url_not_allowed'])
    expect(made.text).not.toContain('secret')
  }
  const { id } = await create()
  const moved = await call('PATCH', `/webhook/${id}`, { body: { url: 'https://[::ffff:7f00:1]/' } })
  expect(moved.body.errors).toMatchObject([{ path: 'url', code: 'url_not_allowed' }])
  for (const events of [[], ['customer.exploded'], ['order.*'], 'customer.*']) {
    const made = await call('POST', '/webhook', { body: { url, events } })
    expect(made.body.code).toBe('invalid_input')
  }
})

test.each([
  ['a fragment', '/form#part', '/form'],
  ['backslashes', '\\form\\a', '/form/a'],
  ['a soft hyphen', '/fo\u00adrm', '/fo%C2%ADrm'],
  ['dots', '/x/../form', '/form'],
])('a URL with %s is judged, shown, stored and fetched in one form', async (_, typed, form) => {
  const made = await create({ url: receiver.url.toUpperCase() + typed })
  const shown = { url: receiver.url + form }
  expect(made).toMatchObject(shown)
  expect((await call('GET', `/webhook/${made.id}`)).body).toMatchObject(shown)
  const listed = (await call('GET', '/webhook?limit=1')).body.data
  expect(listed).toMatchObject([shown])
  const moved = await create()
  const path = `/webhook/${moved.id}`
  const patched = await call('PATCH', path, { body: { url: receiver.url + typed } })
  expect(patched.body).toMatchObject(shown)
  // The same URL in another spelling is no change.
  const again = await call('PATCH', path, { body: { url: `${receiver.url}${form}#other` } })
  expect(again.headers.get('ETag')).toBe(patched.headers.get('ETag'))
  const before = receiver.at(form).length
  for (const { id } of [made, moved]) await call('POST', `/webhook/${id}/test`)
  expect(receiver.at(form).length).toBe(before + 2)
  for (const { id } of [made, moved]) await call('DELETE', `/webhook/${id}`)
})

test('a host is kept as it is looked up', async () => {
  for (const [typed, form] of [
    ['https://BÜCHER.example:443/#x', 'https://xn--bcher-kva.example/'],
    ['https://ｓｈｏｐ．example\\hook', 'https://shop.example/hook'],
    ['https://sho\u00adp.example', 'https://shop.example/'],
  ]) {
    const made = await create({ url: typed })
    expect(made.url).toBe(form)
    const { body } = await call('PATCH', `/webhook/${(await create()).id}`, {
      body: { url: typed },
    })
    expect(body.url).toBe(form)
  }
})

test('a URL with blanks or control characters, and one that is too long as it is written, is refused', async () => {
  const { id } = await create()
  const long = `https://shop.example/${'ä'.repeat(1000)}`
  for (const bad of [
    ` ${url}`,
    `${url} `,
    `${url}\n`,
    `${url}/a b`,
    'https://sh\top.example/',
    long,
  ]) {
    for (const [method, path] of [
      ['POST', '/webhook'],
      ['PATCH', `/webhook/${id}`],
    ] as const) {
      const body = method === 'POST' ? { url: bad, events: ['*'] } : { url: bad }
      const { status, body: problem } = await call(method, path, { body })
      expect([status, problem.errors?.[0]?.path], JSON.stringify(bad)).toEqual([422, 'url'])
    }
  }
  expect((await call('GET', `/webhook/${id}`)).body.url).toBe(url)
})

test('a test message is sent at once, signed, and its answer is shown', async () => {
  const { id, secret } = await create({ url: `${receiver.url}/ping`, events: ['webhook.*'] })
  receiver.on('/ping', (response) => response.writeHead(202).end('pong'))
  const { status, body } = await call('POST', `/webhook/${id}/test`)
  expect([status, body]).toEqual([
    200,
    {
      delivered: true,
      durationMs: expect.any(Number),
      error: null,
      response: { status: 202, body: 'pong', durationMs: expect.any(Number) },
    },
  ])
  const [message] = receiver.at('/ping')
  const verified = verifyAt(secret, message, Number(message?.headers['webhook-timestamp']) * 1000)
  expect(verified).toMatchObject({
    id: message?.headers['webhook-id'],
    type: 'webhook.test',
    data: { webhookId: id },
  })
  expect((await call('GET', `/webhook/${id}/delivery`)).body.data).toEqual([])
})

test('for a day after a rotation both secrets verify, then only the new one', async () => {
  const path = '/rotated'
  const { id, secret: old } = await create({ url: receiver.url + path })
  const headers = { 'Idempotency-Key': 'rotation' }
  const rotated = await call('POST', `/webhook/${id}/rotate-secret`, { headers })
  const { secret } = rotated.body
  expect(secret).not.toBe(old)
  expect(rotated.body.previousSecretUntil).not.toBeNull()
  const replayed = await call('POST', `/webhook/${id}/rotate-secret`, { headers })
  expect(replayed.text).toBe(rotated.text)
  expect((await call('GET', `/webhook/${id}`)).headers.get('ETag')).toBe('W/"2"')

  const verifies = async (with_: string) => {
    const message = receiver.at(path).at(-1)
    const at = Number(message?.headers['webhook-timestamp']) * 1000
    try {
      verifyAt(with_, message, at)
      return true
    } catch {
      return false
    }
  }
  await register()
  await app.drain()
  expect([await verifies(old), await verifies(secret)]).toEqual([true, true])
  app.advance(25 * HOUR)
  await register()
  await app.drain()
  expect([await verifies(old), await verifies(secret)]).toEqual([false, true])
})

test('a second rotation within a day is refused, and ends no secret that a receiver uses', async () => {
  const path = '/twice'
  const { id, secret: old } = await create({ url: receiver.url + path })
  const rotate = (options = {}) => call('POST', `/webhook/${id}/rotate-secret`, options)
  const first = await rotate()
  const until = Date.parse(first.body.previousSecretUntil)
  const refused = async (options = {}) => {
    const { status, body } = await rotate(options)
    return [status, body.code]
  }
  const both = await Promise.all([refused(), refused()])
  expect(both).toEqual(Array(2).fill([409, 'rotation_in_progress']))
  expect(await refused({ headers: { 'Idempotency-Key': 'second' } })).toEqual([
    409,
    'rotation_in_progress',
  ])
  const shown = await call('GET', `/webhook/${id}`)
  expect(shown.headers.get('ETag')).toBe(first.headers.get('ETag'))
  await register()
  await app.drain()
  const message = receiver.at(path).at(-1)
  const at = Number(message?.headers['webhook-timestamp']) * 1000
  for (const secret of [old, first.body.secret]) {
    expect(verifyAt(secret, message, at)).toMatchObject({ type: 'customer.created' })
  }
  app.advance(until - app.runtime.now().getTime() - 1000)
  expect(await refused()).toEqual([409, 'rotation_in_progress'])
  app.advance(1000)
  const second = await rotate()
  expect(second.status).toBe(200)
  expect(second.body.secret).not.toBe(first.body.secret)
  expect(Date.parse(second.body.previousSecretUntil)).toBeGreaterThan(until)
  await call('DELETE', `/webhook/${id}`)
})

test('of two rotations at once one is refused', async () => {
  const { id } = await create()
  const both = await Promise.all([1, 2].map(() => call('POST', `/webhook/${id}/rotate-secret`)))
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
})

/** The verifier believes the real clock; the message comes from the test's. */
function verifyAt(
  secret: string,
  message: { body: string; headers: Record<string, string> } | undefined,
  at: number,
) {
  const real = Date.now
  Date.now = () => at
  try {
    return new Verifier(secret).verify(message?.body ?? '', message?.headers ?? {})
  } finally {
    Date.now = real
  }
}
