import { describe, expect, test } from 'vitest'
import { blocked, full, memory } from './memory.ts'
import { answers, refuses, type Sent, scripted } from './script.ts'

type Tab = ReturnType<typeof scripted>

const KEY = 'commerce.device'
const email = 'ann@example.com'
const expired = refuses(401, 'invalid_token')
const over = refuses(401, 'session_ended')
const accepted = answers(202, { status: 'accepted' })
const sessionOf = (name: string, n = 1) => ({
  accessToken: `access-${name}-${n}`,
  refreshToken: `refresh-${name}-${n}`,
  userId: name,
  deviceToken: `dt_${name}-${n}`,
})
const ann = sessionOf('ann')
const gives = (name: string, n = 1) => answers(200, sessionOf(name, n))
const deviceIn = ({ body }: Sent): unknown => JSON.parse(body ?? '{}').deviceToken

type Calls = Readonly<Record<string, (input: object) => Promise<unknown>>>
type Input = { email: string; deviceToken?: string | undefined }

/** The calls that a device is named with. */
const naming: [string, (tab: Tab, input: Input) => Promise<unknown>][] = [
  ['login', ({ commerce }, input) => commerce.auth.login({ ...input, password: 'x' })],
  ['requestPasswordReset', ({ commerce }, input) => commerce.auth.requestPasswordReset(input)],
  ['resendVerification', ({ commerce }, input) => commerce.auth.resendVerification(input)],
  ['requestCode', ({ commerce }, input) => commerce.auth.requestCode(input)],
  [
    'loginWithCode',
    ({ commerce }, input) =>
      commerce.auth.loginWithCode({ ...input, code: '123456', handle: 'lh_x' }),
  ],
]

/** What the next call of each kind says of the device. */
async function said(tab: Tab, input: Input = { email }): Promise<unknown[]> {
  const before = tab.sent.length
  for (const [, call] of naming) await call(tab, input)
  return tab.sent.slice(before).map(deviceIn)
}
const next = [gives('x'), accepted, accepted, accepted, gives('x')]
const eachTime = (token?: string) => Array(naming.length).fill(token)

describe('a device that has logged in is named', () => {
  test.each<[string, Parameters<typeof scripted>[0], (tab: Tab) => unknown]>([
    ['while the session is set', [], () => undefined],
    ['after the logout', [answers(204)], ({ commerce }) => commerce.auth.logout()],
    [
      'after a logout that failed',
      [refuses(500, 'internal')],
      ({ commerce }) => commerce.auth.logout().catch(() => undefined),
    ],
    [
      'after the end of the session',
      [expired, over],
      ({ commerce }) => commerce.customers.me().catch(() => undefined),
    ],
    ['after the page said that nobody is meant', [], ({ commerce }) => commerce.setToken('')],
    [
      'after a session that says nothing of a device',
      [],
      ({ commerce }) => commerce.setToken('access-bob'),
    ],
  ])('%s', async (_, steps, happens) => {
    for (const storage of [null, memory().storage]) {
      const tab = scripted([...steps, ...next], { storage })
      tab.commerce.setToken(ann)
      await happens(tab)
      expect(await said(tab)).toEqual(eachTime('dt_ann-1'))
    }
  })

  test('by the latest session that was set, or that the one set was refreshed to', async () => {
    const tab = scripted([expired, gives('ann', 2), answers(200), ...next, ...next])
    tab.commerce.setToken({ accessToken: 'access-ann-1', refreshToken: 'refresh-ann-1' })
    await tab.commerce.customers.me()
    expect(await said(tab)).toEqual(eachTime('dt_ann-2'))
    tab.commerce.setToken(sessionOf('bob'))
    expect(await said(tab)).toEqual(eachTime('dt_bob-1'))
  })

  test('when only the access token of a login is set', async () => {
    const tab = scripted([gives('ann'), ...next])
    tab.commerce.setToken((await tab.commerce.auth.login({ email, password: 'x' })).accessToken)
    expect(await said(tab)).toEqual(eachTime('dt_ann-1'))
  })

  test('in every tab of its storage, and on a page that is opened later', async () => {
    const { storage, kept } = memory()
    const open = scripted(next, { storage })
    const tab = scripted([answers(204)], { storage })
    tab.commerce.setToken(ann)
    await tab.commerce.auth.logout()
    expect(await said(open)).toEqual(eachTime('dt_ann-1'))
    expect(await said(scripted(next, { storage }))).toEqual(eachTime('dt_ann-1'))
    expect([...kept]).toEqual([[KEY, 'dt_ann-1']])
    kept.clear()
    expect(await said(scripted(next, { storage }))).toEqual(eachTime())
  })

  test.each([['dt_own'], [''], [undefined]])('unless the input names it: %o', async (own) => {
    const tab = scripted(next)
    tab.commerce.setToken(ann)
    expect(await said(tab, { email, deviceToken: own })).toEqual(eachTime(own))
  })

  test('and in no other call, for the service refuses what it does not know', async () => {
    const tab = scripted(Array(20).fill(answers(200, ann)))
    const calls = Object.entries(tab.commerce.auth as unknown as Calls)
    for (const [name, call] of calls) {
      tab.commerce.setToken(ann)
      if (naming.every(([known]) => known !== name))
        await Promise.resolve()
          .then(() => call({ refreshToken: 'r' }))
          .catch(() => undefined)
    }
    expect(tab.sent.length).toBeGreaterThan(10)
    expect(tab.sent.map(deviceIn)).toEqual(tab.sent.map(() => undefined))
  })
})

describe('a server that asks for many shoppers mixes up no devices', () => {
  test.each<[string, (tab: Tab) => Promise<unknown>]>([
    ['a login', ({ commerce }) => commerce.auth.login({ email, password: 'x' })],
    ['a proof', ({ commerce }) => commerce.auth.verifyEmail({ token: 'x', password: 'x' })],
    ['a new address', ({ commerce }) => commerce.auth.confirmEmail({ token: 'x', password: 'x' })],
    ['a refresh', ({ commerce }) => commerce.auth.refresh('refresh-ann-0')],
  ])('%s whose session is handed on leaves nothing', async (_, call) => {
    const { storage, kept } = memory()
    for (const options of [{}, { storage }]) {
      const tab = scripted([gives('ann'), ...next], options)
      await call(tab)
      expect(await said(tab, { email: 'bob@example.com' })).toEqual(eachTime())
    }
    expect(kept.size).toBe(0)
  })

  test('nor does it when it has one client for each shopper', async () => {
    const [one, two] = [scripted(next), scripted(next)]
    one.commerce.setToken(ann)
    two.commerce.setToken(sessionOf('bob'))
    expect([await said(one), await said(two)]).toEqual([eachTime('dt_ann-1'), eachTime('dt_bob-1')])
  })
})

describe('a storage in which no device can be kept', () => {
  const throwing = { getItem: blocked, setItem: blocked, removeItem: blocked }
  test.each([
    ['throws when it is read', () => memory({ getItem: blocked }).storage],
    ['throws whatever is done', () => memory(throwing).storage],
    ['cannot be opened', () => blocked],
    ['is not there', () => () => null],
    ['is full', () => memory({ setItem: full }).storage],
    ['forgets', () => memory({ setItem: () => undefined }).storage],
    ['answers later', () => memory({ getItem: (async () => null) as never }).storage],
  ])('because it %s leaves it in memory', async (_, make) => {
    const tab = scripted([...next, answers(204), ...next], { storage: make() })
    expect(await said(tab)).toEqual(eachTime())
    tab.commerce.setToken(ann)
    await tab.commerce.auth.logout()
    expect(await said(tab)).toEqual(eachTime('dt_ann-1'))
  })

  test('because only the session has room in it loses neither', async () => {
    const { storage, kept } = memory({
      setItem: (key, value) => (key === KEY ? full() : void kept.set(key, value)),
    })
    const tab = scripted(next, { storage })
    tab.commerce.setToken(ann)
    expect(await said(tab)).toEqual(eachTime('dt_ann-1'))
    expect([...kept.keys()]).toEqual(['commerce.session'])
  })

  test.each([
    ['nothing', ''],
    ['a blank', 'dt_a b'],
    ['a line end', 'dt_a\n'],
    ['NUL', 'dt_\u0000'],
    ['letters that no token has', 'dt_é→'],
    ['half a character', 'dt_\ud800'],
    ['more than the service takes', `dt_${'a'.repeat(998)}`],
  ])('because it was spoilt, with %s, is no device, until the next', async (_, text) => {
    const { storage, kept } = memory()
    kept.set(KEY, text)
    const tab = scripted([...next, ...next], { storage })
    expect(await said(tab)).toEqual(eachTime())
    tab.commerce.setToken(ann)
    expect(await said(tab)).toEqual(eachTime('dt_ann-1'))
    expect(kept.get(KEY)).toBe('dt_ann-1')
  })
})
