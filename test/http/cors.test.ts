import { expect, test } from 'vitest'
import { startTestApp } from '../support/app.ts'

const shop = 'https://shop.example'
const { request } = await startTestApp({ settings: { cors_origins: [shop] } })

const preflight = (origin: string) =>
  request('/customer', {
    method: 'OPTIONS',
    headers: { Origin: origin, 'Access-Control-Request-Method': 'POST' },
  })

test("a browser on the shop's origin may call, and read the headers it needs", async () => {
  const { headers } = await preflight(shop)
  expect(headers.get('Access-Control-Allow-Origin')).toBe(shop)
  expect(headers.get('Access-Control-Allow-Headers')).toContain('Idempotency-Key')
  expect(headers.get('Access-Control-Allow-Credentials')).toBeNull()
  const refused = await request('/customer/me', { headers: { Origin: shop } })
  expect(refused.status).toBe(401)
  expect(refused.headers.get('Access-Control-Allow-Origin')).toBe(shop)
  expect(refused.headers.get('Access-Control-Expose-Headers')).toContain('ETag')
})

test('a browser on any other origin may not', async () => {
  const { headers } = await preflight('https://evil.example')
  expect(headers.get('Access-Control-Allow-Origin')).toBeNull()
})
