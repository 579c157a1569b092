import { expect, test } from 'vitest'
import { nounAndKeyOfEachRoute } from '../../src/http/access.ts'
import { createApp } from '../../src/http/app.ts'
import { startTestApp } from '../support/app.ts'

const SHOP = 'https://shop.test'
const { runtime } = await startTestApp({ settings: { cors_origins: [SHOP] } })

/** As a runtime does it, the URL of the request is made of its Host. */
function ask(
  host: string,
  { method = 'GET', path = '/healthz', development = true, headers = {} } = {},
) {
  const env = { ...runtime, config: { ...runtime.config, development } }
  return createApp().request(`http://${host}${path}`, { method, headers }, env)
}

const ours = [
  ...['localhost', 'localhost:8787', 'LocalHost:8787', 'localhost.', 'localhost.:8787'],
  ...['shop.localhost', 'a.b.LOCALHOST:1', 'shop.localhost.'],
  ...['127.0.0.1', '127.0.0.1:8787', '127.1', '127.255.255.254', '0x7f.1:8787', '127.0.0.1.'],
  ...['[::1]', '[::1]:8787', '[0:0:0:0:0:0:0:1]', '[0000::0001]:8787'],
]
const foreign = [
  ...['evil.example', 'evil.example:8787', 'EVIL.example.', 'localhost.evil.example'],
  ...['127.0.0.1.evil.example', 'evillocalhost', 'localhost-evil.example', 'localhost..'],
  ...['localtest.me', '127-0-0-1.evil.example', 'customer:8787'],
  ...['0.0.0.0:8787', '10.0.0.1', '192.168.0.7:8787', '128.0.0.1', '169.254.169.254'],
  ...['[::]', '[::2]', '[fe80::1]', '[::ffff:10.0.0.1]', 'customer.test', 'localhost.local'],
]

test.each(ours)('development answers at %s', async (host) => {
  expect((await ask(host)).status).toBe(200)
})

test.each(foreign)('development refuses %s, production leaves that to its routes', async (host) => {
  const refused = await ask(host)
  expect(refused.status).toBe(421)
  expect(await refused.json()).toMatchObject({
    code: 'wrong_host',
    detail: expect.stringContaining('Use localhost'),
  })
  expect((await ask(host, { development: false })).status).toBe(200)
})

const everywhere = [
  ...nounAndKeyOfEachRoute.map(([, key]) => key.split(' ')),
  ['GET', '/'],
  ['GET', '/nowhere'],
  ['OPTIONS', '/customer'],
  ['DELETE', '/healthz'],
]

test.each(everywhere)(
  'development refuses another host before anything else: %s %s',
  async (method, path) => {
    const refused = await ask('evil.example', { method, path })
    expect([refused.status, await refused.json()]).toMatchObject([421, { code: 'wrong_host' }])
  },
)

test.each([SHOP, 'http://localhost:5173', 'http://127.0.0.1:8787', 'https://[::1]'])(
  'development answers a page of %s',
  async (Origin) => {
    expect((await ask('localhost', { headers: { Origin } })).status).toBe(200)
  },
)

test.each(['http://evil.example:8787', 'https://shop.test.evil.example', 'null', 'file://', ''])(
  'development refuses a page of %s, also one that has wrangler believe another host',
  async (Origin) => {
    for (const [method, path] of [
      ['POST', '/oauth/token'],
      ['GET', '/healthz'],
    ]) {
      const refused = await ask('localhost', { method, path, headers: { Origin } })
      expect([refused.status, await refused.json()]).toMatchObject([421, { code: 'wrong_host' }])
      expect(refused.headers.has('Access-Control-Allow-Origin')).toBe(false)
    }
    expect((await ask('localhost', { headers: { Origin }, development: false })).status).toBe(200)
  },
)
