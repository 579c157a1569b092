import { beforeEach, expect, test } from 'vitest'
import { startTestApp } from '../support/app.ts'
import { HashClock } from '../support/hash-clock.ts'
import { watchHashes } from '../support/hashes.ts'
import { query } from '../support/rows.ts'
import { logIn, makeShopper, PASSWORD, someAddress } from '../support/shopper.ts'
import { rowsOf } from '../support/tenant-rows.ts'

const app = await startTestApp()
const { hashes, hold, release, fill } = watchHashes(app)
const { call, tenant } = app

beforeEach(() => {
  hashes.begun = 0
  hashes.most = 0
})

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))
let places = 0
const elsewhere = () => `198.51.100.${++places}`

const register = (
  place: string,
  by: 'storefront' | 'service' = 'storefront',
  password = PASSWORD,
) =>
  call('POST', '/customer', {
    token: app.tokens[by],
    body: { email: someAddress(), password },
    headers: { [by === 'service' ? 'X-Caller-Address' : 'CF-Connecting-IP']: place },
  })

/** The turns of the event loop until a request is answered. */
async function turnsOf(path: string): Promise<number> {
  let turns = 0
  const answer = app.request(path).then(({ status }) => expect(status).toBe(200))
  let isAnswered = false
  answer.finally(() => {
    isAnswered = true
  })
  while (!isAnswered) {
    await turn()
    turns++
  }
  await answer
  return turns
}

const failures = async () =>
  (
    await query<{ n: number }>(
      'select coalesce(sum(count), 0)::int as n from failure where tenant = $1',
      [tenant],
    )
  )[0]?.n

test('/healthz is answered in as many turns of the event loop while twenty registrations hash as while nobody does', async () => {
  await app.request('/healthz')
  const idle = await turnsOf('/healthz')
  hold()
  const registrations = Array.from({ length: 20 }, () => register(elsewhere()))
  while (hashes.atOnce < 2) await turn()
  expect(await turnsOf('/healthz')).toBe(idle)
  const { id } = await makeGuest()
  expect((await call('GET', `/customer/${id}`)).status).toBe(200)
  expect(hashes.begun).toBe(2)
  release()
  const answers = await Promise.all(registrations)
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]))
  expect([hashes.begun, hashes.most]).toEqual([20, 2])
})

const makeGuest = async () =>
  (await call('POST', '/customer/guest', { body: { email: someAddress() } })).body

test('/healthz is answered between two hashes that hold the only thread', async () => {
  const { passwords } = app
  const seen: string[] = []
  const real = passwords.hash
  const health: Promise<void>[] = []
  Object.assign(passwords, {
    async hash(...given: Parameters<typeof real>) {
      seen.push('hash')
      // It comes in while the thread is held, and is read when it is free.
      setImmediate(() => health.push(app.request('/healthz').then(() => void seen.push('healthz'))))
      return real(...given)
    },
  } satisfies Partial<typeof passwords>)
  try {
    await Promise.all(Array.from({ length: 9 }, () => register(elsewhere())))
    await Promise.all(health)
  } finally {
    Object.assign(passwords, { hash: real })
  }
  expect(seen).toEqual(Array.from({ length: 9 }, () => ['hash', 'healthz']).flat())
})

test.each([
  ['storefront', 'one place', () => '198.51.100.77', 202, 2],
  ['service', 'the one place that it names', () => '198.51.100.78', 201, 2],
  ['storefront', 'one network of 48 bits', (i: number) => `2001:db8:7:${i + 1}000::1`, 202, 8],
] as const)(
  'of twenty registrations by a %s from %s two are at work, few wait, and the others are refused at once',
  async (by, _, placeOf, done, room) => {
    hold()
    const all = Array.from({ length: 20 }, (_, i) => register(placeOf(i), by))
    let refused = 0
    for (const one of all) one.then(({ status }) => status === 429 && refused++)
    while (refused < 18 - room || hashes.begun < 2) await turn()
    expect(hashes.begun).toBe(2)
    release()
    const byStatus = Map.groupBy(await Promise.all(all), ({ status }) => status)
    expect([byStatus.get(done)?.length, byStatus.get(429)?.length]).toEqual([2 + room, 18 - room])
    for (const { headers, body } of byStatus.get(429) ?? []) {
      expect([body.code, headers.get('Retry-After')]).toEqual(['too_many_requests', '1'])
    }
    expect(hashes.begun).toBe(2 + room)
  },
)

test('fifty who register one address with a password by a service make one customer; each other one is told', async () => {
  const body = { email: someAddress(), password: PASSWORD }
  const headers = { 'CF-Connecting-IP': elsewhere() }
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => call('POST', '/customer', { body, headers })),
  )
  const byStatus = Map.groupBy(answers, ({ status }) => status)
  expect([byStatus.get(201)?.length, byStatus.get(409)?.length]).toEqual([1, 49])
})

test('a login that finds no room is no failed try, right or wrong, and is let in when there is room', async () => {
  const { email } = await makeShopper(app)
  const before = await failures()
  const full = await fill()
  const login = (password: string) =>
    call('POST', '/auth/login', { token: app.tokens.storefront, body: { email, password } })
  const answers = []
  for (let i = 0; i < 10; i++) answers.push(await login(i % 2 ? PASSWORD : 'wrong'))
  expect(new Set(answers.map(({ body }) => body.code))).toEqual(new Set(['too_many_requests']))
  expect(await failures()).toBe(before)
  await full.empty()
  expect((await login(PASSWORD)).status).toBe(200)
})

test('a login with a good device token goes first, then services, then others; a wrong one is as none', async () => {
  const hashClock = new HashClock()
  const timed = await startTestApp({ hashClock })
  const gate = watchHashes(timed)
  /** Gives turns to whatever waits for one. */
  const passed = async <T>(work: Promise<T>): Promise<T> => {
    let isOver = false
    const done = work.finally(() => {
      isOver = true
    })
    while (!isOver) await hashClock.pass()
    return done
  }
  const { id, email } = await passed(makeShopper(timed))
  const { deviceToken } = await passed(logIn(timed, { id, email, password: PASSWORD }))
  gate.hold()
  const first = [gate.hashAsService(), gate.hashAsService()]
  await hashClock.pass()
  await hashClock.pass()
  gate.hashes.order.length = 0
  const ask = (path: string, by: 'storefront' | 'service', body: object) =>
    timed.call('POST', path, { token: timed.tokens[by], body })
  const login = (password: string, token: string) =>
    ask('/auth/login', 'storefront', { email, password, deviceToken: token })
  const register = (password: string, by: 'storefront' | 'service') =>
    ask('/customer', by, { email: someAddress(), password })
  const come = [
    () => login('a wrong device 1', `${deviceToken}A`),
    () => register('a stranger is here 2', 'storefront'),
    () => register('a service is here 3', 'service'),
    () => login('a good device 4', deviceToken),
  ]
  const all: Promise<unknown>[] = []
  for (const one of come) {
    all.push(one())
    while (hashClock.timers < all.length) await turn()
  }
  gate.release()
  await passed(Promise.all([...first, ...all]))
  expect([...new Set(gate.hashes.order)]).toEqual([
    'a good device 4',
    'a service is here 3',
    'a wrong device 1',
    'a stranger is here 2',
  ])
})

test('who has waited for fifteen seconds is refused, and nothing is stored', async () => {
  const hashClock = new HashClock()
  const slow = await startTestApp({ hashClock })
  const gate = watchHashes(slow)
  gate.hold()
  const first = [gate.hashAsService(), gate.hashAsService()]
  await hashClock.pass()
  await hashClock.pass()
  const late = slow.call('POST', '/customer', {
    token: slow.tokens.storefront,
    body: { email: someAddress(), password: PASSWORD },
  })
  while (hashClock.timers < 1) await turn()
  // They come later and go first.
  const next = [gate.hashAsService(), gate.hashAsService()]
  await hashClock.advance(9000)
  gate.release()
  await Promise.all(first)
  gate.hold()
  await hashClock.pass()
  await hashClock.pass()
  const before = await rowsOf(slow.tenant)
  await hashClock.advance(6000)
  const { status, headers, body } = await late
  expect([status, body.code, headers.get('Retry-After')]).toEqual([429, 'too_many_requests', '1'])
  expect(await rowsOf(slow.tenant)).toEqual(before)
  expect(gate.hashes.begun).toBe(4)
  gate.release()
  await Promise.all(next)
})
