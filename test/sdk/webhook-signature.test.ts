import { createHmac, randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { CommerceError, verifyWebhook } from '../../src/sdk/index.ts'

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

/** What is left in the settings of a receiver, or gets in by a mistake. Each would make a key that anybody knows or finds. */
const none: readonly (readonly [string, string])[] = [
  ['empty', ''],
  ['blank', ' \n'],
  ['a prefix alone', 'whsec_'],
  ['a prefix and a blank', 'whsec_ '],
  ['padding alone', 'whsec_===='],
  ['one byte', secretOf(Buffer.alloc(1))],
  ['23 bytes', secretOf(randomBytes(23))],
  ['no base64', 'whsec_*'],
  ['base64 with a blank inside', secret.replace(/(.{10})$/, ' $1')],
  ['base64url', secretOf(Buffer.alloc(24, 0xff)).replaceAll('/', '_')],
  ['base64 without its padding', secretOf(randomBytes(25)).replace(/=+$/, '')],
  ['a word', 'undefined'],
  ['the prefix twice', `whsec_${secret}`],
  ['of another prefix', secret.replace('whsec_', 'whsk_')],
  ['absent', undefined as unknown as string],
  ['null', null as unknown as string],
]
/** The key that a decoder makes of it, if it makes any. */
const keyOf = (text: string) => Buffer.from(String(text ?? '').replace(/^whsec_/, ''), 'base64')

describe.each(none)('a secret that is %s', (_, wrong) => {
  test.each([
    ['alone', wrong, 'Number 1 of 1'],
    ['in a list', [wrong], 'Number 1 of 1'],
    ['before the right one', [wrong, secret], 'Number 1 of 2'],
    ['after it', [secret, wrong], 'Number 2 of 2'],
  ] as const)('is refused %s, whoever signed', async (_, secrets, position) => {
    for (const signed of [signature(key), signature(keyOf(wrong))]) {
      const refused = verifyWebhook(payload, headers(signed), secrets, { now })
      await expect(refused).rejects.toBeInstanceOf(CommerceError)
      await expect(refused).rejects.toMatchObject({
        code: 'invalid_secret',
        message: expect.stringContaining(position),
      })
      await expect(refused).rejects.not.toThrow(key.toString('base64'))
    }
  })
})

test('no secret at all is refused', async () => {
  await expect(
    verifyWebhook(payload, headers(signature(Buffer.alloc(0))), [], { now }),
  ).rejects.toMatchObject({ code: 'invalid_secret' })
})

test('a secret may come with blanks around it, from a file', async () => {
  const good = headers(signature(key))
  expect(await verifyWebhook(payload, good, `${secret}\n`, { now })).toBeDefined()
})

test.each([
  [
    'a byte-order mark in front',
    Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(payload)]),
  ],
  ['a byte that is no UTF-8', Buffer.from(payload.replace('ë', '\xff'), 'latin1')],
  ['U+FFFD for the letter', Buffer.from(payload.replace('ë', '\ufffd'))],
])('%s is another body', async (_, body) => {
  const text = new TextDecoder().decode(body)
  for (const signedBody of [payload, text.replace('\ufeff', '')]) {
    if (Buffer.from(signedBody).equals(body)) continue
    await expect(
      verifyWebhook(body, headers(signature(key, 'evt_1', at, signedBody)), secret, { now }),
    ).rejects.toMatchObject({ code: 'invalid_signature' })
  }
})

test.each(['[', '\ufeff{}', '\xff'])(
  'a signed body that is no event, %j, is refused',
  async (text) => {
    const body = text === '\xff' ? Buffer.from([0xff]) : Buffer.from(text)
    const signed = `v1,${createHmac('sha256', key).update(`evt_1.${at}.`).update(body).digest('base64')}`
    await expect(verifyWebhook(body, headers(signed), secret, { now })).rejects.toMatchObject({
      code: 'unexpected_response',
    })
  },
)

test.each([
  ...[`+${at}`, `-${at}`, ` ${at}`, `${at} `, `${at}.0`, `${at}e0`, `0x${Number(at).toString(16)}`],
  ...['', 'NaN', 'Infinity', '٤٢', now.toISOString()],
])('a timestamp %j is refused, also if it is signed', async (timestamp) => {
  const given = { ...headers(signature(key, 'evt_1', timestamp)), 'webhook-timestamp': timestamp }
  await expect(verifyWebhook(payload, given, secret, { now })).rejects.toMatchObject({
    code: 'invalid_signature',
  })
})
