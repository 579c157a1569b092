import { createHmac, randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { verifyWebhook } from '../../src/sdk/index.ts'

const secretOf = (bytes: Buffer) => `whsec_${bytes.toString('base64')}`
const key = randomBytes(24)
const secret = secretOf(key)
const payload = JSON.stringify({ id: 'evt_1', type: 'customer.created', data: { name: 'Zoë' } })
const now = new Date('2026-01-02T03:04:05Z')
const at = String(now.getTime() / 1000)

const signature = (with_: Buffer, id = 'evt_1', timestamp = at, body = payload) =>
  `v1,${createHmac('sha256', with_).update(`${id}.${timestamp}.${body}`).digest('base64')}`

const headers = (signatures: string, timestamp = at) => ({
  'webhook-id': 'evt_1',
  'webhook-timestamp': timestamp,
  'webhook-signature': signatures,
})

test('what the service signed is read, from any kind of headers and body', async () => {
  const good = headers(signature(key))
  const event = JSON.parse(payload)
  expect(await verifyWebhook(payload, good, secret, { now })).toEqual(event)
  expect(await verifyWebhook(payload, new Headers(good), secret, { now })).toEqual(event)
  const raw = new TextEncoder().encode(payload)
  const node = {
    'Webhook-Id': 'evt_1',
    'Webhook-Timestamp': at,
    'Webhook-Signature': [good['webhook-signature']],
  }
  expect(await verifyWebhook(raw, node, secret, { now })).toEqual(event)
})

test('while a secret is rotated, either side may be ahead', async () => {
  const next = randomBytes(32)
  const both = headers(`${signature(next)} ${signature(key)} v2,unknown`)
  expect(await verifyWebhook(payload, both, secret, { now })).toBeDefined()
  const old = headers(signature(key))
  expect(await verifyWebhook(payload, old, [secretOf(next), secret], { now })).toBeDefined()
})

test.each([
  ['another secret', payload, headers(signature(randomBytes(24))), now],
  ['another body', `${payload} `, headers(signature(key)), now],
  ['another id', payload, { ...headers(signature(key)), 'webhook-id': 'evt_2' }, now],
  ['another time', payload, headers(signature(key), String(Number(at) + 1)), now],
  ['an old one', payload, headers(signature(key)), new Date(now.getTime() + 301_000)],
  ['one of the future', payload, headers(signature(key)), new Date(now.getTime() - 301_000)],
  ['no signature', payload, headers(''), now],
  ['no headers', payload, {}, now],
  ['no base64', payload, headers('v1,*'), now],
  ['another version', payload, headers(signature(key).replace('v1', 'v2')), now],
])('%s is refused', async (_, body, given, when) => {
  await expect(verifyWebhook(body, given, secret, { now: when })).rejects.toMatchObject({
    code: 'invalid_signature',
  })
})

test('a secret that is none is a mistake of the receiver', async () => {
  await expect(verifyWebhook(payload, headers(signature(key)), 'whsec_*', { now })).rejects.toThrow(
    TypeError,
  )
})
