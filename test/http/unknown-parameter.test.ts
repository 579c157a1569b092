import { describe, expect, test } from 'vitest'
import { type Access, accessByRoute, type RouteKey } from '../../src/http/access.ts'
import { loadAllRoutes } from '../../src/http/load-routes.ts'
import { startTestApp } from '../support/app.ts'
import { addressOf, samples } from '../support/sample.ts'

const app = await startTestApp()
const routes = (await loadAllRoutes()).filter(({ route }) => {
  const { open, oauth, page }: Access = accessByRoute[route.key]
  return !open && !oauth && !page && samples[route.key] !== undefined
})

/** Sends the sample of a route with a parameter that no route has. */
async function askWithUnknown(key: RouteKey) {
  const make = samples[key]
  if (make === undefined) throw new Error(`${key} has no sample`)
  const sample = await make(app)
  const [method, path] = addressOf(key, sample)
  const { body } = sample
  return app.call(method, `${path}${path.includes('?') ? '&' : '?'}nonsense=1`, {
    ...(body === undefined ? {} : { body }),
  })
}

describe('a parameter that a route does not have is refused', () => {
  test.each(routes.map(({ route }) => route.key))('%s', async (key) => {
    const { status, body } = await askWithUnknown(key)
    expect([status, body.code]).toEqual([422, 'invalid_input'])
    expect(body.errors).toContainEqual(
      expect.objectContaining({ path: 'nonsense', code: 'unknown_field' }),
    )
  })
})

test('open paths let parameters pass, because monitors add their own', async () => {
  for (const path of ['/healthz?t=1', '/openapi.json?v=2', '/.well-known/jwks.json?x']) {
    expect((await app.request(path)).status).toBe(200)
  }
})

test.each([
  ['createdAfter', '2026-11-30T10:00:00+01:00'],
  ['email', 'jane+1@example.com'],
])('a plus sign that is not encoded is explained: %s', async (name, value) => {
  const lost = await app.call('GET', `/customer?${name}=${value}`)
  expect(lost.body.errors[0]).toMatchObject({
    path: name,
    message: expect.stringContaining('`%2B`'),
  })
  const written = await app.call('GET', `/customer?${name}=${encodeURIComponent(value)}`)
  expect(written.status).toBe(200)
})

test('empty text clears a phone and a language, and an address may have none', async () => {
  const made = await app.call('POST', '/customer', {
    body: { email: 'blank@example.com', phone: '', locale: ' ' },
  })
  expect(made.body).toMatchObject({ phone: null, locale: null })
  const path = `/customer/${made.body.id}`
  await app.call('PATCH', path, { body: { phone: '+14155551234', locale: 'de' } })
  const { body } = await app.call('PATCH', path, { body: { phone: '', locale: '' } })
  expect(body).toMatchObject({ phone: null, locale: null })
})
