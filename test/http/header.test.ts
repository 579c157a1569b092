import { expect, test } from 'vitest'
import { createApp } from '../../src/http/app.ts'
import { startTestApp } from '../support/app.ts'

const { runtime, request } = await startTestApp()

const secured = (url: string) =>
  createApp().request('/healthz', {}, { ...runtime, config: { ...runtime.config, publicUrl: url } })

test('an answer is kept by no cache, guessed at by no browser, shown in no frame, and sets no cookie', async () => {
  for (const path of ['/healthz', '/customer/me', '/nowhere', '/.well-known/jwks.json']) {
    const { headers } = await request(path)
    expect(Object.fromEntries(headers)).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    })
    expect(headers.has('Set-Cookie')).toBe(false)
  }
})

test('a service behind https tells browsers to stay there, a service in development does not', async () => {
  const name = 'Strict-Transport-Security'
  expect((await secured('https://customer.example')).headers.get(name)).toBe('max-age=31536000')
  expect((await secured('http://localhost:8787')).headers.get(name)).toBeNull()
})
