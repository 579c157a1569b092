import { expect, test } from 'vitest'
import { accessByRoute, nounAndKeyOfEachRoute } from '../../src/http/access.ts'
import { startTestApp } from '../support/app.ts'
import { query } from '../support/rows.ts'
import { logIn, makeShopper, someAddress } from '../support/shopper.ts'

const app = await startTestApp()
const { call, tokens } = app
const shopper = await makeShopper(app)
const { accessToken } = await logIn(app, shopper)

const STRANGERS = '203.0.113.7'
const SERVERS = '203.0.113.99'
app.limited.add(`place ${STRANGERS}`)

/** Each caller that a limited route has, and the headers by which it names a shopper's place. */
const limited = nounAndKeyOfEachRoute.flatMap(([, key]) => {
  const { limited, open, service, storefront, shopper } = accessByRoute[key]
  if (!limited || open) return []
  const named = { 'X-Caller-Address': STRANGERS }
  const vouched = { ...named, 'X-Service-Token': tokens.service }
  return [
    ...(service !== undefined ? [[key, 'service', tokens.service, named] as const] : []),
    ...(storefront
      ? [[key, 'storefront beside a service', tokens.storefront, vouched] as const]
      : []),
    ...(shopper ? [[key, 'shopper beside a service', accessToken, vouched] as const] : []),
  ]
})

const ask = (key: string, token: string, headers: Readonly<Record<string, string>>) => {
  const [method = '', path = ''] = key.split(' ')
  return call(method, path.replaceAll(/\{\w+\}/g, 'x'), {
    token,
    headers: { 'CF-Connecting-IP': SERVERS, ...headers },
    ...(method === 'GET' ? {} : { body: {} }),
  })
}

test('the limited routes have callers of every kind', () => {
  expect(new Set(limited.map(([, who]) => who)).size).toBe(3)
})

test.each(limited)(
  '%s is counted for the place that a %s names',
  async (key, _, token, headers) => {
    expect((await ask(key, token, headers)).body.code).toBe('too_many_requests')
    const elsewhere = { ...headers, 'X-Caller-Address': '203.0.113.8' }
    expect((await ask(key, token, elsewhere)).body?.code).not.toBe('too_many_requests')
  },
)

test('a claim of a caller that no service vouches for is not believed', async () => {
  const headers = { 'X-Caller-Address': STRANGERS }
  for (const token of [tokens.storefront, accessToken]) {
    const { body } = await ask('POST /auth/login', token, headers)
    expect(body.code).not.toBe('too_many_requests')
  }
  const own = { 'CF-Connecting-IP': STRANGERS, 'X-Caller-Address': '203.0.113.8' }
  const { body } = await ask('POST /auth/login', tokens.storefront, own)
  expect(body.code).toBe('too_many_requests')
})

test.each([
  ['of nobody', () => 'x'],
  ['of a storefront', () => tokens.storefront],
  ['of a shopper', () => accessToken],
  ['of another tenant', () => tokens.stranger],
])('a voucher %s is refused', async (_, voucher) => {
  const headers = { 'X-Service-Token': voucher(), 'X-Caller-Address': '203.0.113.8' }
  const answer = await ask('POST /auth/login', tokens.storefront, headers)
  expect([answer.status, answer.body.code]).toEqual([401, 'invalid_token'])
  expect(answer.body.detail).toContain('`X-Service-Token`')
})

test('a bad token of a shopper beside a good voucher is the one that is refused', async () => {
  const headers = { 'X-Service-Token': tokens.service, 'X-Caller-Address': '203.0.113.8' }
  const answer = await call('GET', '/auth/me', { token: 'x.y.z', headers })
  expect([answer.status, answer.body.code]).toEqual([401, 'invalid_token'])
  expect(answer.body.detail).not.toContain('X-Service-Token')
})

test.each([
  ['POST /oauth/revoke of the voucher', 'POST', '/auth/login', tokens.storefront],
  ['beside a shopper', 'GET', '/auth/me', accessToken],
])('a voucher that was revoked is refused: %s', async (_, method, path, token) => {
  const voucher = await app.tokenWith('customer:read')
  const body = new URLSearchParams({
    token: voucher,
    client_id: `${app.tenant}-service`,
    client_secret: 'secret',
  })
  const headers = { 'X-Service-Token': voucher, 'X-Caller-Address': '203.0.113.8' }
  const asked = () =>
    call(method, path, {
      token,
      headers,
      ...(method === 'GET' ? {} : { body: { email: shopper.email, password: shopper.password } }),
    })
  expect((await asked()).status).toBe(200)
  expect((await app.request('/oauth/revoke', { method: 'POST', body })).status).toBe(200)
  expect((await asked()).body.code).toBe('invalid_token')
})

test.each([
  '',
  'localhost',
  '203.0.113.7, 203.0.113.8',
  '203.0.113.7:80',
  '0x7f.1',
  '203.0.113.007',
  '1.2.3',
  '2001:db8::1%eth0',
  '[2001:db8::1]',
  ':::',
  '1',
])('what is no address is refused: "%s"', async (text) => {
  const answer = await call('POST', '/auth/login', {
    body: { email: someAddress(), password: 'x' },
    headers: { 'X-Caller-Address': text },
  })
  expect([answer.status, answer.body.code]).toEqual([400, 'malformed_request'])
})

const tryFrom = async (place: string | null) =>
  (
    await call('POST', '/auth/login', {
      body: { email: someAddress(), password: 'wrong' },
      headers: {
        'CF-Connecting-IP': SERVERS,
        ...(place === null ? {} : { 'X-Caller-Address': place }),
      },
    })
  ).status

/** Under how many keys that were not there a try is counted. */
async function newKeysOf(place: string | null): Promise<number> {
  const count = async () =>
    (await query('select from failure where tenant = $1', [app.tenant])).length
  const before = await count()
  expect(await tryFrom(place)).toBe(401)
  return (await count()) - before
}

test.each([
  ['198.51.100.4', '198.51.100.4'],
  ['::ffff:198.51.100.5', '198.51.100.5'],
  ['2001:DB8:7:7:0::1', '2001:db8:7:7:ffff::'],
])('tries that a service brings from %s count in %s', async (one, other) => {
  for (let i = 0; i < 20; i++) expect(await tryFrom(one)).toBe(401)
  expect(await tryFrom(other)).toBe(429)
})

const shared = [
  '10.1.2.3',
  '172.16.0.1',
  '172.31.255.1',
  '192.168.1.1',
  '127.0.0.1',
  '169.254.1.1',
  '100.64.0.1',
  '100.127.1.1',
  '0.0.0.0',
  '::1',
  '::',
  'fe80::1',
  'fd12::1',
  '::ffff:10.0.0.1',
]

test.each(shared)('an address that many networks have is no place: %s', async (place) => {
  expect(await newKeysOf(place)).toBe(await newKeysOf(null))
})

test('who comes from such addresses never waits; another address is a place', async () => {
  for (let i = 0; i < 21; i++) expect(await tryFrom(shared[i % shared.length] ?? '')).toBe(401)
  expect(await newKeysOf('198.51.100.6')).toBeGreaterThan(await newKeysOf(null))
})

test('wider networks of IPv6 wait later, so that one owner of many does not pass', async () => {
  const codes: number[] = []
  for (let i = 0; i < 90; i++) codes.push(await tryFrom(`2001:db8:99:${i.toString(16)}00::1`))
  expect(codes.indexOf(429)).toBe(80)
  const narrow: number[] = []
  for (let i = 0; i < 50; i++)
    narrow.push(await tryFrom(`2001:db8:98:${i.toString(16).padStart(2, '0')}::1`))
  expect(narrow.indexOf(429)).toBe(40)
})

test('the session list shows the place that the service named, and nothing without one', async () => {
  const log = (headers: Readonly<Record<string, string>>) =>
    call('POST', '/auth/login', {
      body: { email: shopper.email, password: shopper.password },
      headers: { 'CF-Connecting-IP': SERVERS, ...headers },
    })
  await log({ 'X-Caller-Address': '2001:DB8::A' })
  await log({})
  const { body } = await call('GET', '/auth/session', { token: accessToken })
  const shown = body.data.map(({ address }: { address: string | null }) => address)
  expect(shown).toContain('2001:db8::a')
  expect(shown).not.toContain(SERVERS)
})

test('a thousand failures of a client hold back nobody', async () => {
  const [rows] = await app.db.run([
    {
      text: 'select count, blocked_until, is_untold from failure where tenant = $1 and alarm = $2',
      values: [app.tenant, 'failed_logins_of_client'],
    },
  ])
  expect(rows?.[0]).toMatchObject({ is_untold: false })
  await app.db.run([
    {
      text: 'update failure set count = 998 where tenant = $1 and alarm = $2',
      values: [app.tenant, 'failed_logins_of_client'],
    },
  ])
  expect(await tryFrom('198.51.100.80')).toBe(401)
  expect(await tryFrom('198.51.100.80')).toBe(401)
  expect(await tryFrom('198.51.100.80')).toBe(401)
  const [told] = await app.db.run([
    {
      text: 'select count, is_untold from failure where tenant = $1 and alarm = $2',
      values: [app.tenant, 'failed_logins_of_client'],
    },
  ])
  expect(told?.[0]).toMatchObject({ count: 1001, is_untold: true })
})
