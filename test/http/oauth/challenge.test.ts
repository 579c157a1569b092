import { describe, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import { type Access, accessByRoute, type RouteKey } from '../../../src/http/access.ts'
import { createApp } from '../../../src/http/app.ts'
import { startTestApp } from '../../support/app.ts'
import { logIn, makeShopper } from '../../support/shopper.ts'

/** RFC 6750, 3; RFC 9728, 5.1; UCP, Identity Linking: what a refused request learns about how to get in. */
const app = await startTestApp()
const shopper = await logIn(app, await makeShopper(app))
const routes = (Object.entries(accessByRoute) as [RouteKey, Access][]).filter(
  ([, rule]) => !rule.open,
)

const concrete = (key: RouteKey): [method: string, path: string] => {
  const [method = '', path = ''] = key.split(' ')
  return [method, path.replace(/\{\w+\}/g, newId('customer', new Date()))]
}
const realm = 'Bearer realm="http://customer.test"'
const metadata = 'resource_metadata="http://customer.test/.well-known/oauth-protected-resource"'

async function ask(key: RouteKey, token: string | null) {
  const { status, headers } = await app.call(...concrete(key), { token })
  return [status, headers.get('WWW-Authenticate')]
}

describe('each route says how to get in', () => {
  test.each(routes)('%s', async (key, { service, shopper: isShoppers }) => {
    const scope = service ?? (isShoppers ? 'account' : null)
    expect(await ask(key, null)).toEqual([401, `${realm}, ${metadata}`])
    expect(await ask(key, 'x.y.z')).toEqual([401, `${realm}, error="invalid_token", ${metadata}`])
    const token = isShoppers ? await app.tokenWith('') : shopper.accessToken
    expect(await ask(key, token)).toEqual([
      403,
      `${realm}, error="insufficient_scope", scope="${scope}", ${metadata}`,
    ])
  })
})

test('a refusal that is about something else names no error of the token', async () => {
  const { status, headers } = await app.call('POST', '/auth/login', {
    token: await app.storefrontToken(),
    body: { email: 'nobody@example.com', password: 'not the password' },
  })
  expect([status, headers.get('WWW-Authenticate')]).toEqual([401, `${realm}, ${metadata}`])
})

test('a client that fails to prove itself is told to try Basic', async () => {
  const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: 'x' })
  for (const path of ['/oauth/token', '/oauth/revoke']) {
    body.set('token', 'x')
    const { status, headers } = await app.request(path, { method: 'POST', body })
    expect([status, headers.get('WWW-Authenticate')]).toEqual([401, 'Basic realm="customer"'])
  }
})

test('under a path, the challenge names the issuer with it, and the document before it', async () => {
  const publicUrl = 'https://api.example/customer'
  const env = { ...app.runtime, config: { ...app.runtime.config, publicUrl } }
  const { headers } = await createApp().request('/auth/me', {}, env)
  expect(headers.get('WWW-Authenticate')).toBe(
    `Bearer realm="${publicUrl}", resource_metadata="https://api.example/.well-known/oauth-protected-resource/customer"`,
  )
})
