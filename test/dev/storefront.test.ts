import { once } from 'node:events'
import { createServer, request } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { findFreePort } from '../../dev/port.ts'
import { startStorefront } from '../../dev/storefront/index.ts'
import { withStorefrontOrigin } from '../../dev/storefront/storefront-origin.ts'
import { ownConfig } from '../support/own-config.ts'
import { shippedText as toml } from '../support/shipped.ts'

const service = 'http://localhost:8787'

/** Starts the storefront of a configuration, and ends it with the test. */
async function start(port: number, config = ownConfig(toml.replaceAll(':3000', `:${port}`))) {
  const storefront = await startStorefront({ port, service, config })
  onTestFinished(storefront.close)
  return storefront.said
}

/** Asks under a name of the server. */
async function ask(
  port: number,
  path: string,
  headers: Record<string, string> = {},
  body?: string,
) {
  const asked = request({ port, path, headers, method: body === undefined ? 'GET' : 'POST' })
  asked.end(body)
  const [response] = await once(asked, 'response')
  const text: string = (await response.setEncoding('utf8').toArray()).join('')
  return { status: response.statusCode, headers: response.headers, text }
}

test('it serves the page at every path, its files, the client and the settings of the start', async () => {
  const port = await findFreePort()
  expect(await start(port)).toBe(`shop http://localhost:${port}\n`)
  for (const path of ['/', '/verify-email?token=x']) {
    const { status, headers, text } = await ask(port, path)
    expect([status, text]).toEqual([200, expect.stringContaining('<title>Demo Shop</title>')])
    expect(headers['content-security-policy']).toContain(`connect-src 'self' ${service};`)
    expect(headers['referrer-policy']).toBe('no-referrer')
  }
  expect((await ask(port, '/page/login.js')).text).toContain("title = 'Log in'")
  expect((await ask(port, '/commerce.js')).text).toMatch(/export \{[^}]*\bCommerce\b/)
  expect((await ask(port, '/settings.js')).text).toBe(
    `export const settings = {"service":"${service}","clientId":"storefront","clientSecret":"storefront"}\n`,
  )
})

test.each(['/nothing.js', '/../../../package.json', '/server/place-order.ts', '/%2e%2e/README.md'])(
  'it has no file %s',
  async (path) => {
    const port = await findFreePort()
    await start(port)
    expect((await ask(port, path)).status).toBe(404)
  },
)

test('it answers only to the names of this machine, and places no order for a page of another site', async () => {
  const port = await findFreePort()
  await start(port)
  const order = JSON.stringify({ email: 'jane@example.com' })
  const json = { 'content-type': 'application/json' }
  const statuses = [
    await ask(port, '/', { host: 'evil.example' }),
    await ask(port, '/order', { ...json, host: 'evil.example' }, order),
    await ask(port, '/order', { 'content-type': 'text/plain' }, order),
    await ask(port, '/order', json, '{}'),
    await ask(port, '/order', json, 'nonsense'),
    await ask(port, '/order', json, JSON.stringify({ email: 'x'.repeat(2000) })),
    await ask(port, '/login', json, order),
  ].map(({ status }) => status)
  expect(statuses).toEqual([421, 421, 415, 400, 400, 400, 405])
})

test.each(['127.0.0.1', '::1'])('a port that is taken at %s is told in one line', async (host) => {
  const port = await findFreePort()
  const other = createServer().listen(port, host)
  await once(other, 'listening')
  onTestFinished(() => void other.close())
  expect(await start(port)).toBe(
    `Port ${port} is in use: the example storefront does not start, and mails lead to http://localhost:${port}. Choose another port with STOREFRONT_PORT.\n`,
  )
  const free = host === '::1' ? '127.0.0.1' : '::1'
  await expect(fetch(`http://${free === '::1' ? '[::1]' : free}:${port}`)).rejects.toThrow()
})

test('at another port it is the shop all the same, unless the settings name a shop of one’s own', async () => {
  const port = await findFreePort()
  expect(await start(port, ownConfig(toml))).toBe(`shop http://localhost:${port}\n`)
  const other = await findFreePort()
  const own = toml.replace('shopUrl = "http://localhost:3000"', 'shopUrl = "http://localhost:5173"')
  expect(await start(other, ownConfig(own))).toBe(
    `shop http://localhost:${other} (mails lead to http://localhost:5173: shopUrl in wrangler.toml names it)\n`,
  )
})

test('where it is, the shop and its logins are; other places stay', () => {
  const clients = (uris: readonly string[]) => ({
    dev: { scopes: [] },
    storefront: { name: 'Demo Shop', redirect_uris: uris },
  })
  const demo = {
    shopUrl: 'http://localhost:3000/shop',
    currency: 'USD',
    cors_origins: ['http://localhost:3000', 'http://localhost:3100', 'http://localhost:30001'],
    clients: clients(['http://localhost:3000/callback', 'https://shop.example/callback']),
  }
  const other = { shopUrl: 'http://localhost:3000' }
  expect(withStorefrontOrigin({ other, demo }, 'http://localhost:3100')).toEqual({
    other,
    demo: {
      shopUrl: 'http://localhost:3100/shop',
      currency: 'USD',
      cors_origins: ['http://localhost:3100', 'http://localhost:30001'],
      clients: clients(['http://localhost:3100/callback', 'https://shop.example/callback']),
    },
  })
  for (const others of [{ other }, { demo: { ...demo, clients: {} } }, { demo }]) {
    const origin = others.demo === demo ? 'http://localhost:3000' : 'http://localhost:3100'
    expect(withStorefrontOrigin(others, origin)).toBe(others)
  }
})

test('it leaves the port to the service that has the same', async () => {
  const config = ownConfig(toml)
  const { said, origin } = await startStorefront({ port: 8787, service, config })
  expect([origin, said]).toEqual([undefined, expect.stringContaining('Port 8787 is in use')])
})

test('it is silent at port 0, and says that it needs the shop and the client that it is made for', async () => {
  expect(await start(0)).toBe('')
  const port = await findFreePort()
  const none =
    'The example storefront does not start, because the settings have no tenant demo with a client storefront.\n'
  expect(await start(port, ownConfig(toml.replaceAll('tenants.demo', 'tenants.mine')))).toBe(none)
  expect(await start(port, ownConfig(toml.replaceAll('.storefront]', '.page]')))).toBe(none)
})
