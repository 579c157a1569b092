import { afterEach, describe, expect, test, vi } from 'vitest'
import { blocked, full, memory } from './memory.ts'
import { answers, lost, refuses, type Sent, scripted } from './script.ts'

const KEY = 'commerce.session'
const jane = { id: 'cust_1' }
const expired = refuses(401, 'invalid_token')
const over = refuses(401, 'session_ended')
const session = (n: number) => ({ accessToken: `access-${n}`, refreshToken: `refresh-${n}` })
const renewed = (n: number) => answers(200, session(n))
const ok = answers(200, jane)
const bearer = ({ headers }: Sent) => headers.get('Authorization')
const ended = { code: 'session_ended' }

afterEach(() => vi.unstubAllGlobals())

/** Ends the session that both hold, by a refresh that the first one is refused. */
async function endIn({ commerce }: ReturnType<typeof scripted>) {
  await expect(commerce.customers.me()).rejects.toMatchObject(ended)
}

describe('a session that has ended', () => {
  const call = ({ commerce }: ReturnType<typeof scripted>) => commerce.customers.retrieve('a')

  test.each([
    ['that used it', async (tab: ReturnType<typeof scripted>) => void (await call(tab))],
    ['that never looked at it', async () => undefined],
  ])('in one tab ends in another %s: no call goes on as the client', async (_, first) => {
    const { storage } = memory()
    const other = scripted([ok], { storage })
    const tab = scripted([expired, over], { storage })
    tab.commerce.setToken(session(1))
    await first(other)
    const sent = other.sent.length
    await endIn(tab)
    expect(other.commerce.session).toBeNull()
    for (let turn = 0; turn < 2; turn++) await expect(call(other)).rejects.toMatchObject(ended)
    await expect(other.commerce.auth.refresh()).rejects.toMatchObject(ended)
    expect(other.sent).toHaveLength(sent)
  })

  test('is told to a client that is made afterwards, until nobody is meant', async () => {
    const { storage, kept } = memory()
    const tab = scripted([expired, over], { storage })
    tab.commerce.setToken(session(1))
    await endIn(tab)
    const later = scripted([ok], { storage })
    await expect(call(later)).rejects.toMatchObject(ended)
    later.commerce.setToken('')
    await call(later)
    expect(later.sent.map(bearer)).toEqual(['Bearer t'])
    expect(kept.size).toBe(0)
    // The first one has not said so.
    await expect(call(tab)).rejects.toMatchObject(ended)
  })

  test.each([
    ['cleared by the browser', (kept: Map<string, string>) => kept.clear()],
    ['no JSON any more', (kept: Map<string, string>) => kept.set(KEY, '{"accessTok')],
    ['of another shape', (kept: Map<string, string>) => kept.set(KEY, '[]')],
    ['logged out of elsewhere', (kept: Map<string, string>) => kept.delete(KEY)],
  ])('is one whose storage was %s', async (_, change) => {
    const { storage, kept } = memory()
    const setter = scripted([], { storage })
    setter.commerce.setToken(session(1))
    const reader = scripted([], { storage })
    change(kept)
    for (const tab of [setter, reader]) {
      expect(tab.commerce.session).toBeNull()
      await expect(call(tab)).rejects.toMatchObject(ended)
      expect(tab.sent).toEqual([])
    }
  })

  test('is found by a call that was on its way', async () => {
    const { storage, kept } = memory()
    const gone = () => {
      kept.clear()
      return expired()
    }
    const tab = scripted([gone], { storage })
    tab.commerce.setToken(session(1))
    await expect(call(tab)).rejects.toMatchObject(ended)
    expect(tab.sent).toHaveLength(1)
  })

  test.each([
    ['before it is sent again', [answers(503)]],
    ['while its session is renewed', [expired, renewed(2)]],
  ])(
    'that a page drops is not gone on with as the client by a call on its way, %s',
    async (_, steps) => {
      const last = steps.length - 1
      const tab = scripted(
        [
          ...steps.map((step, at) => () => {
            if (at === last) tab.commerce.setToken(null)
            return step()
          }),
          ok,
        ],
        { storage: memory().storage },
      )
      tab.commerce.setToken(session(1))
      await expect(call(tab)).rejects.toMatchObject(ended)
      expect(tab.sent).toHaveLength(steps.length)
      await call(tab)
      expect(bearer(tab.sent.at(-1) as Sent)).toBe('Bearer t')
    },
  )

  test('is over for all, and the next login is for all', async () => {
    const { storage } = memory()
    const [one, two] = [scripted([expired, over, ok], { storage }), scripted([ok], { storage })]
    one.commerce.setToken(session(1))
    await endIn(one)
    await expect(call(two)).rejects.toMatchObject(ended)
    two.commerce.setToken(session(2))
    await call(one)
    await call(two)
    expect([one.sent, two.sent].map((sent) => bearer(sent.at(-1) as Sent))).toEqual([
      'Bearer access-2',
      'Bearer access-2',
    ])
  })

  test('keeps no link of a mail from its use, for the proof is in the link', async () => {
    const { storage } = memory()
    const tab = scripted([expired, over, answers(204), answers(202, {}), renewed(2)], { storage })
    tab.commerce.setToken(session(1))
    await endIn(tab)
    await tab.commerce.auth.resetPassword({ token: 'x', password: 'y' })
    await tab.commerce.auth.requestPasswordReset({ email: 'a@example.com' })
    await tab.commerce.auth.verifyEmail({ token: 'x', password: 'y' })
    expect(tab.sent.slice(2).map(bearer)).toEqual(['Bearer t', 'Bearer t', 'Bearer t'])
    await expect(
      tab.commerce.auth.changePassword({ currentPassword: 'x', password: 'y' }),
    ).rejects.toMatchObject(ended)
  })

  test('is logged out of without an error', async () => {
    const { storage, kept } = memory()
    const tab = scripted([expired, over], { storage })
    tab.commerce.setToken(session(1))
    await endIn(tab)
    await tab.commerce.auth.logout()
    expect(kept.size).toBe(0)
  })

  test('is not the newer one of this shopper that another tab has stored meanwhile', async () => {
    const { storage } = memory()
    const ofAnn = (n: number) => ({ ...session(n), userId: 'cust_ann' })
    const other = scripted([], { storage })
    const late = () => {
      other.commerce.setToken(ofAnn(2))
      return over()
    }
    const tab = scripted([expired, late, ok], { storage })
    tab.commerce.setToken(ofAnn(1))
    await call(tab)
    expect(bearer(tab.sent.at(-1) as Sent)).toBe('Bearer access-2')
    expect(other.commerce.session).toEqual(ofAnn(2))
  })
})

describe('a spoilt storage is no session', () => {
  test.each([
    ['no JSON', '{"accessToken":"acc'],
    ['nothing', ''],
    ['null', 'null'],
    ['a number', '7'],
    ['a text', '"access-1"'],
    ['a list', '[{"accessToken":"access-1"}]'],
    ['an object without an access token', '{"refreshToken":"refresh-1"}'],
    ['an access token that is no text', '{"accessToken":5}'],
    ['an access token that is null', '{"accessToken":null}'],
    ['an access token that is empty', '{"accessToken":""}'],
    ['an access token with a blank', '{"accessToken":"access 1"}'],
    ['an access token with a line end', '{"accessToken":"access\\n1"}'],
    ['an access token with NUL', '{"accessToken":"access\\u00001"}'],
    ['an access token with a letter that no header takes', '{"accessToken":"accéss→1"}'],
    ['a refresh token that is no text', '{"accessToken":"access-1","refreshToken":{}}'],
    ['somebody else’s mark', '{"ended":1}'],
  ])('%s', async (_, text) => {
    const { storage, kept } = memory()
    kept.set(KEY, text)
    const { commerce, sent } = scripted([ok, ok], { storage })
    expect(commerce.session).toBeNull()
    await commerce.customers.retrieve('a')
    commerce.setToken(session(1))
    await commerce.customers.retrieve('a')
    expect(sent.map(bearer)).toEqual(['Bearer t', 'Bearer access-1'])
    expect(JSON.parse(kept.get(KEY) ?? '')).toEqual(session(1))
  })

  test.each([
    ['that throws when it is read', () => memory({ getItem: blocked }).storage],
    [
      'that throws whatever is done',
      () => memory({ getItem: blocked, setItem: blocked, removeItem: blocked }).storage,
    ],
    ['that cannot be opened', () => blocked],
    ['that is not there', () => () => null],
    ['that is null', () => null],
    ['that forgets', () => memory({ setItem: () => undefined }).storage],
    ['that is full', () => memory({ setItem: full }).storage],
    ['that answers later', () => memory({ getItem: (async () => null) as never }).storage],
  ])('one %s leaves the session in memory', async (_, make) => {
    const { commerce, sent } = scripted([ok, ok, expired, renewed(2), ok, expired, over, ok], {
      storage: make(),
    })
    expect(commerce.session).toBeNull()
    await commerce.customers.retrieve('a')
    commerce.setToken(session(1))
    expect(commerce.session).toEqual(session(1))
    await commerce.customers.retrieve('a')
    await commerce.customers.retrieve('a')
    expect(commerce.session).toEqual(session(2))
    await expect(commerce.customers.retrieve('a')).rejects.toMatchObject(ended)
    await expect(commerce.customers.retrieve('a')).rejects.toMatchObject(ended)
    commerce.setToken('')
    await commerce.customers.retrieve('a')
    expect(sent.map(bearer)).toEqual([
      ...['Bearer t', 'Bearer access-1', 'Bearer access-1', null, 'Bearer access-2'],
      ...['Bearer access-2', null, 'Bearer t'],
    ])
  })
})

describe('a refresh whose storage is full', () => {
  test('loses nothing, and leaves no spent token to other tabs', async () => {
    let isFull = false
    const { storage, kept } = memory({
      setItem: (key, value) => (isFull ? full() : void kept.set(key, value)),
    })
    const tab = scripted([expired, renewed(2), ok, ok], { storage })
    tab.commerce.setToken(session(1))
    const other = scripted([], { storage })
    isFull = true
    await tab.commerce.customers.retrieve('a')
    expect(tab.commerce.session).toEqual(session(2))
    await expect(other.commerce.customers.retrieve('a')).rejects.toMatchObject(ended)
    expect(kept.size).toBe(0)
    isFull = false
    // What another tab stores then is everybody's.
    other.commerce.setToken(session(3))
    await tab.commerce.customers.retrieve('a')
    expect(bearer(tab.sent.at(-1) as Sent)).toBe('Bearer access-3')
  })

  test('finds room in the place of the older session', async () => {
    const { storage, kept } = memory({
      setItem: (key, value) => (kept.size > 0 ? full() : void kept.set(key, value)),
    })
    const tab = scripted([expired, renewed(2), ok], { storage })
    tab.commerce.setToken(session(1))
    await tab.commerce.customers.retrieve('a')
    expect(JSON.parse(kept.get(KEY) ?? '')).toMatchObject(session(2))
  })
})

describe('tabs that refresh at once', () => {
  test('without Web Locks keep the one child that the service gives both', async () => {
    vi.stubGlobal('navigator', {})
    const { storage } = memory()
    const steps = [expired, renewed(2), ok]
    const [one, two] = [scripted(steps, { storage }), scripted(steps, { storage })]
    one.commerce.setToken(session(1))
    await Promise.all([one.commerce.customers.me(), two.commerce.customers.me()])
    expect([one.commerce.session, two.commerce.session]).toEqual([session(2), session(2)])
  })

  test('go on where the browser refuses them a lock', async () => {
    vi.stubGlobal('navigator', { locks: { request: async () => blocked() } })
    const { storage } = memory()
    const { commerce } = scripted([expired, renewed(2), ok], { storage })
    commerce.setToken(session(1))
    await commerce.customers.me()
    expect(commerce.session).toEqual(session(2))
  })

  test('wait for each other where it grants one, and the failure of the work is told', async () => {
    const request = vi.fn((_: string, work: () => Promise<unknown>) => work())
    vi.stubGlobal('navigator', { locks: { request } })
    const { storage } = memory()
    const { commerce, sent } = scripted([expired, over], { storage })
    commerce.setToken(session(1))
    await expect(commerce.customers.me()).rejects.toMatchObject(ended)
    expect([request.mock.calls.length, sent.length]).toEqual([1, 2])
  })
})

test('a refresh whose reply is lost is repeated with the same token', async () => {
  const { storage } = memory()
  const { commerce, sent } = scripted([expired, lost, answers(503), renewed(2), ok], { storage })
  commerce.setToken(session(1))
  await commerce.customers.me()
  expect(sent.slice(1, 4).map(({ body }) => body)).toEqual(
    Array(3).fill('{"refreshToken":"refresh-1"}'),
  )
  expect(commerce.session).toEqual(session(2))
})
