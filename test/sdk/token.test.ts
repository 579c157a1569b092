import { expect, test } from 'vitest'
import type { SessionStorage } from '../../src/sdk/index.ts'
import { answers, lost, refuses, type Sent, scripted } from './script.ts'

const jane = { id: 'cust_1' }
const expired = refuses(401, 'invalid_token')
const bearer = ({ headers }: Sent) => headers.get('Authorization')
const session = (n: number) => ({ accessToken: `access-${n}`, refreshToken: `refresh-${n}` })
const granted = (token: string) => answers(200, { access_token: token, token_type: 'Bearer' })

function memory(): SessionStorage & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>()
  return {
    kept,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  }
}

test('a client gets one token, however many calls begin at once, and another when it has expired', async () => {
  const { commerce, sent } = scripted(
    [granted('one'), answers(200, jane), answers(200, jane), expired, granted('two'), answers(200)],
    { token: undefined, clientId: 'dev', clientSecret: 'secret & more', scope: 'customer:read' },
  )
  await Promise.all([commerce.customers.retrieve('a'), commerce.customers.retrieve('b')])
  await commerce.customers.retrieve('c')
  expect(sent.map(bearer)).toEqual([
    null,
    'Bearer one',
    'Bearer one',
    'Bearer one',
    null,
    'Bearer two',
  ])
  expect(sent[0]?.body).toBe(
    'grant_type=client_credentials&client_id=dev&client_secret=secret+%26+more&scope=customer%3Aread',
  )
})

test('a client whose secret is wrong is told so, and may be right the next time', async () => {
  const { commerce } = scripted(
    [answers(401, { error: 'invalid_client' }), granted('one'), answers(200, jane)],
    { token: undefined, clientId: 'dev', clientSecret: 'wrong' },
  )
  await expect(commerce.customers.me()).rejects.toMatchObject({ code: 'invalid_client' })
  expect(await commerce.customers.me()).toEqual(jane)
})

test('a token that cannot be renewed is refused once', async () => {
  const { commerce, sent } = scripted([expired])
  await expect(commerce.customers.me()).rejects.toMatchObject({ code: 'invalid_token' })
  expect(sent).toHaveLength(1)
})

test('parallel calls whose token has expired share one refresh', async () => {
  const { commerce, sent } = scripted([
    expired,
    expired,
    expired,
    answers(200, session(2)),
    answers(200, jane),
    answers(200, jane),
    answers(200, jane),
  ])
  commerce.setToken(session(1))
  await Promise.all([1, 2, 3].map(() => commerce.customers.me()))
  const refreshes = sent.filter(({ path }) => path === '/auth/refresh')
  expect(refreshes).toHaveLength(1)
  expect(refreshes[0]?.body).toBe('{"refreshToken":"refresh-1"}')
  expect(refreshes.map(bearer)).toEqual([null])
  expect(sent.slice(4).map(bearer)).toEqual(Array(3).fill('Bearer access-2'))
  expect(commerce.session).toEqual(session(2))
})

test('a call that was on its way during the refresh takes the new token without another', async () => {
  const { commerce, sent } = scripted([
    expired,
    answers(200, session(2)),
    answers(200, jane),
    expired,
    answers(200, jane),
  ])
  commerce.setToken(session(1))
  await commerce.customers.me()
  commerce.setToken({ ...session(2), accessToken: 'access-1' })
  const late = commerce.customers.me()
  commerce.setToken(session(2))
  await late
  expect(sent.filter(({ path }) => path === '/auth/refresh')).toHaveLength(1)
})

test('a session that has ended is not gone on with as the client, until nobody is meant', async () => {
  const { commerce, sent } = scripted([
    expired,
    expired,
    refuses(401, 'session_ended'),
    answers(200, jane),
  ])
  commerce.setToken(session(1))
  const both = await Promise.allSettled([commerce.customers.me(), commerce.customers.me()])
  expect(both).toMatchObject([
    { reason: { code: 'session_ended' } },
    { reason: { code: 'session_ended' } },
  ])
  expect(commerce.session).toBeNull()
  await expect(commerce.customers.me()).rejects.toMatchObject({ code: 'session_ended' })
  commerce.setToken('')
  await commerce.customers.retrieve('cust_1')
  expect(sent.map(bearer)).toEqual(['Bearer access-1', 'Bearer access-1', null, 'Bearer t'])
})

test('a refresh that is never answered keeps the session', async () => {
  const { commerce, sent } = scripted([expired, lost, lost], { retries: 1 })
  commerce.setToken(session(1))
  await expect(commerce.customers.me()).rejects.toMatchObject({ code: 'network_error' })
  expect(commerce.session).toEqual(session(1))
  expect(sent).toHaveLength(3)
})

test('nobody is logged in after an empty token', async () => {
  const { commerce, sent } = scripted([answers(200, jane), answers(200, jane)])
  commerce.setToken('access-1')
  await commerce.customers.me()
  commerce.setToken('')
  await commerce.customers.me()
  expect(sent.map(bearer)).toEqual(['Bearer access-1', 'Bearer t'])
})

test('two tabs of one storage share a session and its refresh', async () => {
  const storage = memory()
  const first = scripted([expired, answers(200, session(2)), answers(200, jane)], { storage })
  first.commerce.setToken(session(1))
  const second = scripted([expired, answers(200, jane)], { storage })
  expect(second.commerce.session).toEqual(session(1))
  await Promise.all([first.commerce.customers.me(), second.commerce.customers.me()])
  expect(first.commerce.session).toEqual(session(2))
  expect(second.sent.map(bearer)).toEqual(['Bearer access-1', 'Bearer access-2'])
  first.commerce.setToken(null)
  expect(second.commerce.session).toBeNull()
  expect(storage.kept.size).toBe(0)
})

test('the access token of a login that this client made brings the refresh with it', async () => {
  const { commerce } = scripted([
    answers(200, session(1)),
    expired,
    answers(200, session(2)),
    answers(200, jane),
  ])
  const { accessToken } = await commerce.auth.login({ email: 'a@example.com', password: 'secret' })
  expect(commerce.session).toBeNull()
  commerce.setToken(accessToken)
  expect(await commerce.auth.me()).toEqual(jane)
  expect(commerce.session).toEqual(session(2))
})

test.each([
  ['it went', answers(204)],
  ['the session had ended already', refuses(401, 'session_ended')],
])('after a logout nobody is logged in: %s', async (_, answer) => {
  const { commerce, sent } = scripted([answer])
  commerce.setToken(session(1))
  await commerce.auth.logout()
  expect(sent[0]?.body).toBe('{"refreshToken":"refresh-1"}')
  expect(commerce.session).toBeNull()
})

test('a login is not repeated by itself', async () => {
  const { commerce, sent } = scripted([lost])
  const login = commerce.auth.login({ email: 'a@example.com', password: 'secret' })
  await expect(login).rejects.toMatchObject({ code: 'network_error' })
  expect(sent).toHaveLength(1)
})

test('a refresh token that is not set gives a session that is not set either', async () => {
  const { commerce, sent } = scripted([answers(200, session(8)), answers(200, session(9))])
  commerce.setToken(session(1))
  expect(await commerce.auth.refresh('refresh-7')).toEqual(session(8))
  expect(await commerce.auth.refresh({ refreshToken: 'refresh-8' })).toEqual(session(9))
  expect(sent.map(({ body }) => body)).toEqual([
    '{"refreshToken":"refresh-7"}',
    '{"refreshToken":"refresh-8"}',
  ])
  expect(commerce.session).toEqual(session(1))
})

test('without a session there is nothing to refresh', async () => {
  const { commerce } = scripted([])
  await expect(commerce.auth.refresh()).rejects.toMatchObject({ code: 'no_session', status: 0 })
})
