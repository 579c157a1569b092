import { describe, expect, test } from 'vitest'
import type { SessionStorage } from '../../src/sdk/index.ts'
import { answers, lost, refuses, type Sent, scripted } from './script.ts'

type Tokens = { accessToken: string; refreshToken?: string; userId?: string }
type Tab = ReturnType<typeof scripted>

const ok = answers(200, { id: 'cust_1' })
const expired = refuses(401, 'invalid_token')
const ended = { code: 'session_ended' }
const bearer = ({ headers }: Sent) => headers.get('Authorization')
const bare = (name: string): Tokens => ({ accessToken: `access-${name}` })
const pair = (name: string): Tokens => ({ ...bare(name), refreshToken: `refresh-${name}` })
const whole = (name: string, userId = name): Tokens => ({ ...pair(name), userId })
const page = (nextCursor: string | null) =>
  answers(200, { data: [{ id: nextCursor }], pagination: { nextCursor } })

function memory(): SessionStorage {
  const kept = new Map<string, string>()
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  }
}

/** A tab in which something happens during its last step but one, with the other tab of its storage. */
function during(steps: readonly ((sent: Sent) => Response | Error)[], happens: () => void) {
  const storage = memory()
  const at = steps.length - 1
  const then = (step: (sent: Sent) => Response | Error, index: number) => (sent: Sent) => {
    if (index === at) happens()
    return step(sent)
  }
  const tab = scripted([...steps.map(then), ok, ok], { storage })
  return { tab, other: scripted([], { storage }) }
}

const waits: [string, (name: string) => ((sent: Sent) => Response | Error)[]][] = [
  ['for a retry', () => [answers(503)]],
  ['for a retry after a lost reply', () => [lost]],
  ['with an expired token', () => [expired]],
  ['for a refresh', (name) => [expired, answers(200, whole(`${name}2`, name))]],
  ['for a refresh that is refused', () => [expired, refuses(401, 'session_ended')]],
]
const pairs: [string, Tokens, Tokens][] = [
  ['sessions', whole('ann'), whole('bob')],
  ['pairs of tokens', pair('ann'), pair('bob')],
  ['a session and a pair', whole('ann'), pair('bob')],
  ['a pair and an access token', pair('ann'), bare('bob')],
]
const calls: [string, (tab: Tab) => Promise<unknown>][] = [
  ['a read', ({ commerce }) => commerce.customers.me()],
  ['a change', ({ commerce }) => commerce.customers.update('cust_1', { firstName: 'Ann' })],
  ['a keyed POST', ({ commerce }) => commerce.customers.create({ email: 'a@example.com' })],
]

describe.each(waits)('a call of one shopper that waits %s', (_, steps) => {
  test.each(pairs)('never goes on for another one: %s', async (_, ann, bob) => {
    for (const where of ['tab', 'other'] as const) {
      for (const [name, call] of calls) {
        const set = during(steps('ann'), () => set[where].commerce.setToken(bob))
        set.tab.commerce.setToken(ann)
        await expect(call(set.tab), name).rejects.toMatchObject(ended)
        expect(set.tab.sent.map(bearer)).not.toContain('Bearer access-bob')
        expect(set.tab.commerce.session).toEqual(bob)
      }
    }
  })
})

test('an access token that cannot be refreshed is no other shopper’s either', async () => {
  const set = during([answers(503)], () => set.tab.commerce.setToken('access-bob'))
  set.tab.commerce.setToken('access-ann')
  await expect(set.tab.commerce.customers.me()).rejects.toMatchObject(ended)
  await set.tab.commerce.customers.me()
  expect(set.tab.sent.map(bearer)).toEqual(['Bearer access-ann', 'Bearer access-bob'])
})

test.each([
  ['another login of the same shopper', whole('ann'), whole('ann2', 'ann')],
  ['the access token alone of the same session', whole('ann'), bare('ann')],
  ['a new access token with the same refresh token', pair('ann'), { ...pair('ann'), ...bare('x') }],
])('a call goes on with %s', async (_, before, after) => {
  const set = during([answers(503)], () => set.other.commerce.setToken(after))
  set.tab.commerce.setToken(before)
  await set.tab.commerce.customers.me()
  expect(set.tab.sent.map(bearer).at(-1)).toBe(`Bearer ${after.accessToken}`)
})

test('a call goes on with what another tab refreshed its tokens to, twice even', async () => {
  const storage = memory()
  const renewals = [2, 3].map((n) => answers(200, whole(`ann${n}`, 'ann')))
  const other = scripted(renewals, { storage })
  let refreshed: Promise<unknown> = Promise.resolve()
  const tab = scripted(
    [
      () => {
        refreshed = other.commerce.auth.refresh().then(() => other.commerce.auth.refresh())
        return answers(503)()
      },
      ok,
    ],
    { storage },
  )
  tab.commerce.setToken(pair('ann'))
  const call = tab.commerce.customers.me()
  await Promise.resolve().then(() => refreshed)
  await call
  expect(tab.sent.map(bearer)).toEqual(['Bearer access-ann', 'Bearer access-ann3'])
  expect(tab.commerce.session).toEqual(whole('ann3', 'ann'))
})

test('a refresh that the page asked for does not answer with another shopper’s session', async () => {
  const set = during([refuses(401, 'session_ended')], () => set.tab.commerce.setToken(whole('bob')))
  set.tab.commerce.setToken(whole('ann'))
  await expect(set.tab.commerce.auth.refresh()).rejects.toMatchObject(ended)
  expect(set.tab.commerce.session).toEqual(whole('bob'))
})

test('a call of the client goes on as the client when a shopper logs in meanwhile', async () => {
  const set = during([answers(503)], () => set.tab.commerce.setToken(whole('bob')))
  await set.tab.commerce.customers.retrieve('cust_1')
  expect(set.tab.sent.map(bearer)).toEqual(['Bearer t', 'Bearer t'])
})

test('parallel calls of a client whose own token has expired all go on', async () => {
  const granted = (token: string) => answers(200, { access_token: token })
  const { commerce } = scripted([granted('one'), expired, expired, granted('two'), ok, ok], {
    token: undefined,
    clientId: 'dev',
    clientSecret: 'secret',
  })
  await Promise.all([commerce.customers.retrieve('a'), commerce.customers.retrieve('b')])
})

describe('a list that is iterated for a shopper', () => {
  test.each<[string, Tokens | null]>([
    ['whose session is dropped', null],
    ['whose place another shopper takes', whole('bob')],
    ['whose place another token takes', bare('bob')],
  ])('%s between two pages ends', async (_, after) => {
    for (const where of ['tab', 'other'] as const) {
      const storage = memory()
      const set = {
        tab: scripted([page('c1'), page(null)], { storage }),
        other: scripted([], { storage }),
      }
      set.tab.commerce.setToken(whole('ann'))
      const ids: unknown[] = []
      const reading = (async () => {
        for await (const { id } of set.tab.commerce.customers.list()) {
          ids.push(id)
          set[where].commerce.setToken(after)
        }
      })()
      await expect(reading).rejects.toMatchObject(ended)
      expect([ids, set.tab.sent.length]).toEqual([['c1'], 1])
    }
  })

  test('goes on with the refreshed session', async () => {
    const { commerce, sent } = scripted([
      page('c1'),
      expired,
      answers(200, whole('ann2', 'ann')),
      page(null),
    ])
    commerce.setToken(pair('ann'))
    for await (const _ of commerce.customers.list());
    expect(bearer(sent.at(-1) as Sent)).toBe('Bearer access-ann2')
  })

  test('was begun by the client, and a login between two pages changes nothing', async () => {
    const { commerce, sent } = scripted([page('c1'), page(null)])
    for await (const _ of commerce.customers.list()) commerce.setToken(whole('bob'))
    expect(sent.map(bearer)).toEqual(['Bearer t', 'Bearer t'])
  })
})

test('a logout without a session is nothing', async () => {
  const { commerce, sent } = scripted([])
  await commerce.auth.logout()
  await commerce.auth.logout()
  expect(sent).toEqual([])
})

test('a logout of one shopper leaves the session of another that was set meanwhile', async () => {
  for (const step of [answers(204), answers(503)]) {
    const set = during([step], () => set.tab.commerce.setToken(whole('bob')))
    set.tab.commerce.setToken(whole('ann'))
    await set.tab.commerce.auth.logout()
    expect(set.tab.commerce.session).toEqual(whole('bob'))
    expect(set.tab.sent).toHaveLength(1)
  }
})
