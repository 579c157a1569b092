import { describe, expect, test, vi } from 'vitest'
import { startTestApp } from '../../support/app.ts'
import { query } from '../../support/rows.ts'
import { logIn, makeShopper } from '../../support/shopper.ts'

const app = await startTestApp({ frozen: true })
const { request, tenant, otherTenant } = app
const SERVICE = `${tenant}-service`
const STOREFRONT = `${tenant}-storefront`
vi.spyOn(console, 'warn').mockImplementation(() => undefined)

let places = 0
/** A place from which nobody has asked. */
const somewhere = () => `198.51.${++places}.1`

type Asked = { readonly id?: string; readonly secret?: string; readonly from?: string | null }
const paths = ['/oauth/token', '/oauth/revoke'] as const
const methods = ['form', 'basic'] as const

async function ask(
  path: (typeof paths)[number],
  { id = SERVICE, secret = 'wrong', from = null }: Asked,
  method: (typeof methods)[number] = 'form',
) {
  const own = { client_id: id, client_secret: secret }
  const about: Readonly<Record<string, string>> =
    path === '/oauth/token' ? { grant_type: 'client_credentials' } : { token: 'whatever' }
  return request(path, {
    method: 'POST',
    headers: {
      ...(from === null ? {} : { 'CF-Connecting-IP': from }),
      ...(method === 'basic' && { Authorization: `Basic ${btoa(`${id}:${secret}`)}` }),
    },
    body: new URLSearchParams(method === 'form' ? { ...own, ...about } : about),
  })
}
const statusOf = async (...asked: Parameters<typeof ask>) => (await ask(...asked)).status

describe.each(paths.flatMap((path) => methods.map((method) => [path, method] as const)))(
  '%s (%s)',
  (path, method) => {
    test('after twenty wrong secrets within a minute, that client waits there: 429 until the minute is over', async () => {
      const from = somewhere()
      for (let n = 0; n < 20; n++) {
        expect(await statusOf(path, { from, secret: `wrong ${n}` }, method)).toBe(401)
      }
      app.advance(20_000)
      const refused = await ask(path, { from }, method)
      expect([refused.status, refused.headers.get('Retry-After')]).toEqual([429, '40'])
      expect(await refused.json()).toMatchObject({
        code: 'too_many_requests',
        error: expect.any(String),
      })
      // The right one would be found by trying.
      expect(await statusOf(path, { from, secret: 'secret' }, method)).toBe(429)
      app.advance(40_000)
      expect(await statusOf(path, { from, secret: 'secret' }, method)).toBe(200)
      expect(await statusOf(path, { from }, method)).toBe(401)
    })

    test('elsewhere it goes on, and there every other client does', async () => {
      const from = somewhere()
      for (let n = 0; n < 25; n++) await ask(path, { from }, method)
      expect(await statusOf(path, { from, secret: 'secret' }, method)).toBe(429)
      expect(await statusOf(path, { from: somewhere(), secret: 'secret' }, method)).toBe(200)
      expect(await statusOf(path, { secret: 'secret' }, method)).toBe(200)
      expect(await statusOf(path, { from, id: STOREFRONT, secret: 'secret' }, method)).toBe(200)
      const other = { from, id: `${otherTenant}-service`, secret: 'secret' }
      expect(await statusOf(path, other, method)).toBe(200)
    })
  },
)

test('many at once are counted one by one', async () => {
  const from = somewhere()
  const all = await Promise.all(
    Array.from({ length: 60 }, () => statusOf('/oauth/token', { from })),
  )
  expect(all.filter((status) => status === 401).length).toBe(20)
  expect(all.filter((status) => status === 429).length).toBe(40)
})

test('both routes and both ways to say who one is count together', async () => {
  const from = somewhere()
  for (let n = 0; n < 5; n++) {
    for (const path of paths) for (const method of methods) await ask(path, { from }, method)
  }
  for (const path of paths)
    for (const method of methods) {
      expect(await statusOf(path, { from }, method)).toBe(429)
    }
})

test('an IPv6 network is one place', async () => {
  const at = (n: number) => `2001:db8:7:7::${n.toString(16)}`
  for (let n = 1; n <= 21; n++) await ask('/oauth/token', { from: at(n) })
  expect(await statusOf('/oauth/token', { from: at(99), secret: 'secret' })).toBe(429)
  expect(await statusOf('/oauth/token', { from: '2001:db8:7:8::1', secret: 'secret' })).toBe(200)
})

test('right secrets are not counted, and ask the database for nothing', async () => {
  const from = somewhere()
  app.wire.reset()
  for (let n = 0; n < 50; n++) {
    expect(await statusOf('/oauth/token', { from, secret: 'secret' })).toBe(200)
  }
  expect(app.wire.count().trips).toBe(0)
})

test('a client that nobody has is not counted: there is nothing to find', async () => {
  const before = await query('select from failure where tenant = $1', [tenant])
  for (let n = 0; n < 30; n++) {
    expect(await statusOf('/oauth/token', { from: somewhere(), id: `nobody-${n}` })).toBe(401)
  }
  expect(await query('select from failure where tenant = $1', [tenant])).toHaveLength(before.length)
})

test('the database holds neither the place nor the secret, and forgets the count', async () => {
  const from = somewhere()
  await ask('/oauth/token', { from, secret: 'something secret' })
  const rows = await query('select * from failure where tenant = $1', [tenant])
  expect(rows.length).toBeGreaterThan(0)
  expect(JSON.stringify(rows)).not.toMatch(/198\.51|something/)
  app.advance(3 * 86_400_000)
  await app.cron('17 3 * * *')
  expect(await query('select * from failure where tenant = $1', [tenant])).toEqual([])
})

test('while the database is away, a wrong secret is still only wrong', async () => {
  app.wire.faults.always = () => ({ at: 'before', do: 'cut' })
  expect(await statusOf('/oauth/token', { from: somewhere() })).toBe(401)
  app.wire.faults.clear()
})

describe('the limit at the edge', () => {
  const from = '198.18.7.1'
  const post = async (path: string, body: object) =>
    request(path, {
      method: 'POST',
      headers: { 'CF-Connecting-IP': from, 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    })

  test.each([
    ['a client that nobody has', 401, () => ask('/oauth/token', { from, id: 'nobody' }), 'client'],
    [
      'a refresh token that is made up',
      401,
      () => post('/auth/refresh', { refreshToken: 'rt_x' }),
      'session',
    ],
    [
      'the end of one that is made up',
      204,
      () => post('/auth/logout', { refreshToken: 'rt_x' }),
      'session',
    ],
  ])('is around %s', async (_, status, work, what) => {
    expect((await work()).status).toBe(status)
    app.limited.add(`${what} ${from}`)
    const refused = await work()
    app.limited.clear()
    expect([refused.status, refused.headers.get('Retry-After')]).toEqual([429, '60'])
  })

  test('is around one session at one place, and holds up no other session there', async () => {
    const [one, other] = [
      await logIn(app, await makeShopper(app)),
      await logIn(app, await makeShopper(app)),
    ]
    const { sid } = JSON.parse(atob(one.accessToken.split('.')[1]))
    app.limited.add(`session ${sid} ${from}`)
    const refresh = ({ refreshToken }: { refreshToken: string }) =>
      post('/auth/refresh', { refreshToken })
    expect((await refresh(one)).status).toBe(429)
    expect((await post('/auth/logout', { refreshToken: one.refreshToken })).status).toBe(429)
    expect((await refresh(other)).status).toBe(200)
    app.limited.clear()
    expect((await refresh(one)).status).toBe(200)
  })
})

test('wider networks of IPv6 may show more wrong secrets, so that one owner of many does not pass', async () => {
  for (const [host, most] of [
    [(n: number) => `2001:db8:aa:${n.toString(16)}::1`, 40],
    [(n: number) => `2001:db8:ab:${n.toString(16)}00::1`, 80],
  ] as const) {
    const statuses: number[] = []
    for (let n = 0; n < most + 2; n++) {
      statuses.push(await statusOf('/oauth/token', { from: host(n % 100) }))
    }
    expect([statuses.indexOf(429), statuses.at(-1)]).toEqual([most, 429])
  }
})
