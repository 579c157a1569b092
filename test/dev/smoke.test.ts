import { describe, expect, test } from 'vitest'
import { smoke } from '../../dev/smoke.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { someAddress } from '../support/shopper.ts'

/** What an endpoint on the Internet answers. */
let endpoint = async () => new Response('', { status: 405 })
const app = await startTestApp({ fetch: async () => endpoint(), frozen: true })
const client = { CLIENT_ID: `${app.tenant}-service`, CLIENT_SECRET: 'secret' }

async function run(
  env: Readonly<Record<string, string | undefined>> = client,
  { at = app, args = ['--url', 'http://customer.test'], ...world }: World = {},
) {
  const said: string[] = []
  const code = await smoke({
    args,
    env,
    say: (line) => void said.push(line),
    fetch: async (input, init) => {
      init?.signal?.throwIfAborted()
      const { pathname, search } = new URL(String(input))
      return at.request(pathname + search, init)
    },
    ...world,
  })
  return { code, said }
}
type World = {
  readonly at?: TestApp
  readonly args?: readonly string[]
  readonly signal?: AbortSignal
  readonly pause?: () => Promise<void>
}

const names = ['token', 'customer', 'webhook', 'queue', 'mail', 'cron']

test('a service of which all parts work is green, and nothing of the visit is left in its lists', async () => {
  await app.cron()
  await app.drain()
  const { code, said } = await run()
  expect(said.map((line) => line.split(':')[0])).toEqual(names.map((name) => `ok      ${name}`))
  expect(code).toBe(0)
  expect(said[2]).toContain('https://example.com/ was answered with 405')
  for (const path of ['/customer', '/webhook']) {
    expect((await app.call('GET', path)).body.data).toEqual([])
  }
  const TOKEN = await app.tokenWith('customer:read customer:write event:read webhook:write')
  const withToken = (await run({ TOKEN })).said
  expect(withToken.filter((line) => !line.startsWith('ok'))).toEqual([])
  expect(withToken[0]).toBe('ok      token: TOKEN of the environment')
  const both = (await run({ ...client, TOKEN: 'another' })).said
  expect(both[0]).toBe(`ok      token: given to CLIENT_ID ${client.CLIENT_ID}`)
  expect(both.filter((line) => !line.startsWith('ok'))).toEqual([])
})

test('a service whose clock has not run yet is waited for', async () => {
  const fresh = await startTestApp({ fetch: async () => endpoint() })
  let pauses = 0
  const pause = async () => {
    pauses++
    await fresh.cron()
  }
  const env = { ...client, CLIENT_ID: `${fresh.tenant}-service` }
  expect((await run(env, { at: fresh, pause })).code).toBe(0)
  expect(pauses).toBe(1)
})

describe('what is broken is named', () => {
  test.each<[string, Readonly<Record<string, string>>, string]>([
    [
      'with a bad token',
      { TOKEN: 'x' },
      'TOKEN of the environment is not accepted: GET /customer answered 401 invalid_token',
    ],
    [
      'with half of them',
      { CLIENT_ID: 'x', TOKEN: 'x' },
      'CLIENT_ID and CLIENT_SECRET must both be set',
    ],
    ['without credentials', {}, 'CLIENT_ID and CLIENT_SECRET, or TOKEN, must be set'],
    [
      'with a wrong secret',
      { ...client, CLIENT_SECRET: 'other' },
      'POST http://customer.test/oauth/token answered 401 invalid_client',
    ],
  ])('%s nothing else is tried', async (_, env, sentence) => {
    const { code, said } = await run(env)
    expect([code, said]).toEqual([1, [`BROKEN  token: ${sentence}`]])
  })

  test("a storefront's client, with which nothing else is tried", async () => {
    const env = { ...client, CLIENT_ID: `${app.tenant}-storefront` }
    const { code, said } = await run(env)
    expect([code, said]).toEqual([
      1,
      [
        `BROKEN  token: ${env.CLIENT_ID} is a storefront's client (customer:register): use the client of a service`,
      ],
    ])
  })

  test('a service that is not there, by its URL and the cause', async () => {
    const said: string[] = []
    const fetch = async () => {
      throw new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') })
    }
    const args = ['--url', 'http://customer.test']
    await smoke({ args, env: client, say: (line) => void said.push(line), fetch })
    expect(said).toEqual([
      'BROKEN  token: GET http://customer.test/healthz got no answer: fetch failed: connect ECONNREFUSED',
    ])
  })

  test('a scope that is missing', async () => {
    const { code, said } = await run({ TOKEN: await app.tokenWith('customer:read') })
    expect(code).toBe(1)
    const remedy = (scope: string) =>
      `insufficient_scope: add "${scope}" to the scopes of the client in wrangler.toml, deploy, and take a new token`
    expect(said).toContain(
      `BROKEN  customer: POST /customer/guest answered 403 ${remedy('customer:write')}`,
    )
    expect(said).toContain(`BROKEN  webhook: GET /webhook answered 403 ${remedy('event:read')}`)
  })

  test('an endpoint that cannot be reached, and a webhook that refuses', async () => {
    endpoint = async () => {
      throw new TypeError('fetch failed')
    }
    expect((await run()).said[2]).toMatch(/^BROKEN {2}webhook: not delivered: /)
    const body = { url: 'https://shop.example/hook', events: ['*'] }
    const { body: hook } = await app.call('POST', '/webhook', { body })
    endpoint = async () => new Response('', { status: 500 })
    expect((await run()).said[2]).toMatch(/^BROKEN {2}webhook: not delivered: /)
    endpoint = async () => new Response(null, { status: 204 })
    expect((await run()).said[2]).toBe('ok      webhook: delivered to the first webhook')
    await app.call('DELETE', `/webhook/${hook.id}`)
  })

  test.each([
    ['http://localhost:8787', 0],
    ['http://127.0.0.1:8787', 0],
    ['http://[::1]:8787', 0],
    ['https://customer.example.com', 1],
    ['https://localhost.example.com', 1],
  ])('without the Internet, a webhook of %s ends with %i', async (url, exit) => {
    endpoint = async () => {
      throw new TypeError('fetch failed')
    }
    const { code, said } = await run(client, { args: ['--url', url] })
    expect(code).toBe(exit)
    const line =
      exit === 0
        ? /^skipped webhook: this service is on localhost, from where the webhook cannot be reached \(\w+\)$/
        : /^BROKEN {2}webhook: not delivered: /
    expect(said[2]).toMatch(line)
    expect(said.filter((one) => !one.startsWith('ok'))).toHaveLength(1)
  })

  test('of a service on this machine too, a webhook that refuses is broken', async () => {
    const body = { url: 'https://shop.example/hook', events: ['*'] }
    const { body: hook } = await app.call('POST', '/webhook', { body })
    endpoint = async () => new Response('', { status: 500 })
    const { code, said } = await run(client, { args: ['--url', 'http://localhost:8787'] })
    expect([code, said[2]]).toEqual([1, expect.stringMatching(/^BROKEN {2}webhook: not delivered/)])
    await app.call('DELETE', `/webhook/${hook.id}`)
  })

  test('a queue and a mail that wait, and a cron that does not run', async () => {
    await app.call('POST', '/customer', { body: { email: someAddress(), password: 'a river 42' } })
    app.sent.splice(0)
    app.advance(10 * 60_000)
    const { code, said } = await run()
    expect(code).toBe(1)
    expect(said[3]).toMatch(/^BROKEN {2}queue: waiting: announce for 600 s/)
    expect(said[4]).toMatch(/^BROKEN {2}mail: waiting: mail for 600 s/)
    expect(said[5]).toMatch(/^BROKEN {2}cron: the oldest task has been due for \d{3} s/)
  })

  test('a service that does not answer in time', async () => {
    const signal = AbortSignal.abort()
    const { code, said } = await run(client, { signal })
    expect([code, said]).toEqual([1, ['BROKEN  token: no answer in time']])
  })
})

test.each([
  [[], '--url is missing: npm run smoke -- --help says what it is'],
  ...['customer.test', 'localhost:8821', 'ftp://customer.test', 'http://'].map(
    (url) =>
      [
        ['--url', url],
        `--url ${url} is not a URL: a URL begins with https:// (on this machine also http://)`,
      ] as const,
  ),
  [['--url', 'https://customer.test?a'], '--url https://customer.test?a must have no ? and no #'],
  [
    ['--ulr', 'https://customer.test'],
    "Unknown option '--ulr'; did you mean --url? npm run smoke -- --help lists all options",
  ],
  [['now'], "Unexpected argument 'now': npm run smoke -- --help lists all options"],
] as const)('with %j it says what is wrong', async (args, sentence) => {
  const { code, said } = await run(client, { args })
  expect([code, said]).toEqual([1, [sentence]])
})

test('asked for help it says how it is used, and asks no service', async () => {
  const { code, said } = await run({}, { args: ['--help'] })
  expect([code, said.length, said[0]?.startsWith('npm run smoke -- --url')]).toEqual([0, 1, true])
})

test.each(['http://customer.test/shops/customer', 'http://customer.test/shops/customer/'])(
  'the service may be below a path: %s',
  async (url) => {
    const asked: string[] = []
    const fetch = async (input: string | URL | Request, init?: RequestInit) => {
      const { pathname, search } = new URL(String(input))
      asked.push(pathname)
      return app.request(pathname.replace('/shops/customer', '') + search, init)
    }
    const said: string[] = []
    await smoke({ args: ['--url', url], env: client, say: (line) => void said.push(line), fetch })
    expect(said[0]).toMatch(/^ok {6}token/)
    expect(asked.filter((path) => !path.startsWith('/shops/customer/'))).toEqual([])
  },
)
