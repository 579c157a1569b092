import { expect, test } from 'vitest'
import { Commerce, verifyWebhook } from '../../src/sdk/index.ts'
import { bindings, request } from './support/worker.ts'

const { env } = bindings()
const baseUrl = 'http://customer.test'

const commerce = new Commerce({
  baseUrl,
  clientId: 'dev',
  clientSecret: 'dev',
  fetch: (url, init) => request(env, url.slice(baseUrl.length), init),
})

test('the client works inside a Worker', async () => {
  const email = `${crypto.randomUUID()}@example.com`
  const made = await commerce.customers.create({ email })
  expect((await commerce.customers.list({ email })).data).toEqual([made])
})

test('a Worker can receive webhooks', async () => {
  const bytes = crypto.getRandomValues(new Uint8Array(24))
  const base64 = (of: Uint8Array) => btoa(String.fromCharCode(...of))
  const key = await crypto.subtle.importKey(
    'raw',
    bytes,
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  )
  const timestamp = String(Math.floor(Date.now() / 1000))
  const signed = new TextEncoder().encode(`evt_1.${timestamp}.{}`)
  const signature = base64(new Uint8Array(await crypto.subtle.sign('HMAC', key, signed)))
  const headers = new Headers({
    'webhook-id': 'evt_1',
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  })
  expect(await verifyWebhook('{}', headers, `whsec_${base64(bytes)}`)).toEqual({})
  await expect(verifyWebhook('{ }', headers, `whsec_${base64(bytes)}`)).rejects.toThrow()
})
