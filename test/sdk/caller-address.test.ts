import { describe, expect, test } from 'vitest'
import type { CallOptions } from '../../src/sdk/index.ts'
import { answers, lost, refuses, type Sent, scripted } from './script.ts'

type Tab = ReturnType<typeof scripted>
type Step = Parameters<typeof scripted>[0][number]

const callerAddress = '203.0.113.7'
const ok = answers(200, { id: 'cust_1' })
const expired = refuses(401, 'invalid_token')
const granted = (token: string) => answers(200, { access_token: token })
const service = { token: undefined, clientId: 'shop', clientSecret: 'secret' }
const pair = { accessToken: 'access-1', refreshToken: 'refresh-1', userId: 'cust_1' }
const renewed = answers(200, { accessToken: 'access-2', refreshToken: 'r2', userId: 'cust_1' })
const page = (nextCursor: string | null) =>
  answers(200, { data: [{ id: 'a' }], pagination: { nextCursor } })

/** What a request says of who asks, for whom and from where. */
const shown = ({ path, headers }: Sent) => [
  path.replace(/\?.*/, ''),
  headers.get('Authorization')?.replace('Bearer ', '') ?? null,
  headers.get('X-Service-Token'),
  headers.get('X-Caller-Address'),
]
const told = ({ sent }: Tab) => sent.map(shown)
const me = ({ commerce }: Tab, options: CallOptions = { callerAddress }) =>
  commerce.customers.me(options)
const TOKEN = ['/oauth/token', null, null, null]
const REFRESH = ['/auth/refresh', null, null, null]
const ME = '/customer/me'

test('a service names the place of its shopper, without a voucher for itself', async () => {
  const tab = scripted([granted('own'), ok, lost, ok, ok], service)
  await tab.commerce.auth.login({ email: 'a@example.com', password: 'x' }, { callerAddress })
  await tab.commerce.customers.create({ email: 'a@example.com' }, { callerAddress })
  await tab.commerce.customers.retrieve('a')
  expect(told(tab)).toEqual([
    TOKEN,
    ['/auth/login', 'own', null, callerAddress],
    ['/customer', 'own', null, callerAddress],
    ['/customer', 'own', null, callerAddress],
    ['/customer/a', 'own', null, null],
  ])
})

test('with a session its own token goes along, got once for all calls, and only where a place is named', async () => {
  const tab = scripted([granted('own'), ok, ok, answers(202), ok, ok], service)
  tab.commerce.setToken(pair)
  await Promise.all([me(tab), me(tab)])
  await tab.commerce.auth.requestPasswordReset({ email: 'a@example.com' }, { callerAddress })
  await me(tab, {})
  await tab.commerce.auth.login({ email: 'a@example.com', password: 'x' }, { callerAddress })
  expect(told(tab)).toEqual([
    TOKEN,
    [ME, 'access-1', 'own', callerAddress],
    [ME, 'access-1', 'own', callerAddress],
    ['/auth/password/forgot', 'access-1', 'own', callerAddress],
    [ME, 'access-1', null, null],
    ['/auth/login', 'own', null, callerAddress],
  ])
})

test('every page of a list names it', async () => {
  const tab = scripted([granted('own'), page('c'), page(null)], service)
  tab.commerce.setToken(pair)
  for await (const _ of tab.commerce.customers.listAddresses('me', { callerAddress }));
  const address = '/customer/me/address'
  expect(told(tab).slice(1)).toEqual(Array(2).fill([address, 'access-1', 'own', callerAddress]))
})

test.each([
  ['a token of its own', { token: 'mine' }, 'mine'],
  ['nothing of its own', { token: undefined }, null],
])('a client with %s shows that', async (_, options, voucher) => {
  const tab = scripted([ok], options)
  tab.commerce.setToken(pair)
  await me(tab)
  expect(told(tab)).toEqual([[ME, 'access-1', voucher, callerAddress]])
})

describe('a refusal of one of two tokens', () => {
  const bare = { accessToken: 'access-1' }
  const as = (access: string, own: string) => [ME, access, own, callerAddress]
  test.each<[string, { accessToken: string }, Step[], unknown[]]>([
    [
      'renews the session first',
      pair,
      [expired, renewed, ok],
      [as('access-1', 'own'), REFRESH, as('access-2', 'own')],
    ],
    [
      'renews the client’s own when that did not help',
      pair,
      [expired, renewed, expired, granted('own2'), ok],
      [as('access-1', 'own'), REFRESH, as('access-2', 'own'), TOKEN, as('access-2', 'own2')],
    ],
    [
      'renews the client’s own when the session cannot be renewed',
      bare,
      [expired, granted('own2'), ok],
      [as('access-1', 'own'), TOKEN, as('access-1', 'own2')],
    ],
  ])('%s', async (_, session, steps, asked) => {
    const tab = scripted([granted('own'), ...steps], service)
    tab.commerce.setToken(session)
    await me(tab)
    expect(told(tab).slice(1)).toEqual(asked)
  })

  test('is told when neither helped, after one try each', async () => {
    const tab = scripted(
      [granted('own'), expired, renewed, expired, granted('own2'), expired],
      service,
    )
    tab.commerce.setToken(pair)
    await expect(me(tab)).rejects.toMatchObject({ code: 'invalid_token', status: 401 })
    expect(tab.sent).toHaveLength(6)
  })

  test('asks for no other token where there is none', async () => {
    const tab = scripted([expired], { token: 'mine' })
    tab.commerce.setToken(bare)
    await expect(me(tab)).rejects.toMatchObject({ code: 'invalid_token' })
    expect(tab.sent).toHaveLength(1)
  })

  test('of the client alone is one try, as without an address', async () => {
    const tab = scripted([granted('own'), expired, granted('own2'), expired], service)
    await expect(tab.commerce.customers.retrieve('a', { callerAddress })).rejects.toMatchObject({
      code: 'invalid_token',
    })
    expect(tab.sent).toHaveLength(4)
  })
})

describe('a session that ends while the client’s own token is on its way', () => {
  const during = (happens: (tab: Tab) => void, ...after: Step[]): Tab => {
    const tab: Tab = scripted(
      [
        () => {
          happens(tab)
          return granted('own')()
        },
        ...after,
      ],
      service,
    )
    tab.commerce.setToken(pair)
    return tab
  }
  test.each<[string, (tab: Tab) => void]>([
    ['is dropped', ({ commerce }) => commerce.setToken(null)],
    ['is another shopper’s then', ({ commerce }) => commerce.setToken({ ...pair, ...bob })],
  ])('%s: its call is not sent', async (_, happens) => {
    const tab = during(happens)
    await expect(me(tab)).rejects.toMatchObject({ code: 'session_ended' })
    expect(tab.sent).toHaveLength(1)
  })
  const bob = { accessToken: 'access-bob', userId: 'cust_2' }

  test('leaves the link of a mail its use, by the client alone', async () => {
    const tab = during(({ commerce }) => commerce.setToken(null), answers(204))
    await tab.commerce.auth.resetPassword({ token: 'x', password: 'y' }, { callerAddress })
    expect(told(tab)).toEqual([TOKEN, ['/auth/password/reset', 'own', null, callerAddress]])
  })
})

test('a client that gets no token tells why, and sends nothing for the shopper', async () => {
  const tab = scripted([refuses(401, 'invalid_client')], service)
  tab.commerce.setToken(pair)
  await expect(me(tab)).rejects.toMatchObject({ code: 'invalid_client' })
  expect(tab.sent).toHaveLength(1)
})

test('what is no address is refused by the service, and not repeated', async () => {
  const tab = scripted([refuses(400, 'malformed_request')])
  await expect(me(tab, { callerAddress: '' })).rejects.toMatchObject({ code: 'malformed_request' })
  expect(tab.sent[0]?.headers.get('X-Caller-Address')).toBe('')
})
