import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Commerce, CommerceError } from '../../src/sdk/index.ts'
import { answers, lost, refuses, scripted } from './script.ts'

beforeEach(() => {
  vi.useFakeTimers()
  // The waits have jitter: with the least one a second try would be sent at once.
  vi.spyOn(Math, 'random').mockReturnValue(0.5)
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const jane = { id: 'cust_1', email: 'jane@example.com' }

/** Lets every wait pass. */
async function ended<T>(call: Promise<T>): Promise<T | CommerceError> {
  const outcome = call.catch((error: CommerceError) => error)
  await vi.runAllTimersAsync()
  return outcome
}

test.each([
  ['a lost connection', lost],
  ['a 502', answers(502)],
  ['a 503', refuses(503, 'database_unavailable', { 'Retry-After': '1' })],
  ['a 504', answers(504)],
  ['a 429', refuses(429, 'too_many_requests', { 'Retry-After': '1' })],
])('a read is sent again after %s', async (_, fault) => {
  const { commerce, sent } = scripted([fault, fault, answers(200, jane)])
  expect(await ended(commerce.customers.retrieve('cust_1'))).toEqual(jane)
  expect(sent).toHaveLength(3)
})

test('a POST keeps its idempotency key on every try, and another POST has another', async () => {
  const { commerce, sent } = scripted([lost, answers(503), answers(201, jane), answers(201, jane)])
  await ended(commerce.customers.create({ email: jane.email }))
  await ended(commerce.customers.create({ email: jane.email }))
  const keys = sent.map(({ headers }) => headers.get('Idempotency-Key'))
  expect(keys[0]).toMatch(/^[0-9a-f]{32}$/)
  expect(keys.slice(1, 3)).toEqual([keys[0], keys[0]])
  expect(keys[3]).not.toBe(keys[0])
})

test('a key of the caller is sent as it is', async () => {
  const { commerce, sent } = scripted([answers(201, jane)])
  await ended(commerce.customers.create({ email: jane.email }, { idempotencyKey: 'order-17' }))
  expect(sent[0]?.headers.get('Idempotency-Key')).toBe('order-17')
})

test('a POST whose twin is still at work asks again', async () => {
  const { commerce } = scripted([refuses(409, 'idempotency_key_in_use'), answers(201, jane)])
  expect(await ended(commerce.customers.create({ email: jane.email }))).toEqual(jane)
})

test.each([
  [400, 'malformed_request'],
  [403, 'insufficient_scope'],
  [404, 'customer_not_found'],
  [409, 'email_taken'],
  [422, 'invalid_input'],
  [500, 'internal'],
])('%i is final', async (status, code) => {
  const { commerce, sent } = scripted([refuses(status, code)])
  expect(await ended(commerce.customers.create({ email: jane.email }))).toMatchObject({
    code,
    status,
    requestId: 'req_1',
  })
  expect(sent).toHaveLength(1)
})

test('a change is sent again, for it sets the same again', async () => {
  const { commerce } = scripted([lost, answers(200, jane)])
  expect(await ended(commerce.customers.update('cust_1', { firstName: 'Jane' }))).toEqual(jane)
})

test('a change under If-Match is not: it could meet itself', async () => {
  const { commerce, sent } = scripted([lost])
  const change = commerce.customers.update('cust_1', { firstName: 'J' }, { ifMatch: 'W/"1"' })
  expect(await ended(change)).toMatchObject({ code: 'network_error', status: 0, requestId: null })
  expect(sent[0]?.headers.get('If-Match')).toBe('W/"1"')
})

test('a change under If-Match that was turned away unworked is sent again', async () => {
  const { commerce } = scripted([refuses(429, 'too_many_requests'), answers(200, jane)])
  const change = commerce.customers.update('cust_1', { firstName: 'J' }, { ifMatch: 'W/"1"' })
  expect(await ended(change)).toEqual(jane)
})

test('a delete whose answer was lost finds the customer gone, which is what was asked for', async () => {
  const { commerce } = scripted([lost, refuses(404, 'customer_not_found')])
  expect(await ended(commerce.customers.delete('cust_1'))).toBeUndefined()
})

test('a delete of nobody is refused', async () => {
  const { commerce } = scripted([refuses(404, 'customer_not_found')])
  expect(await ended(commerce.customers.delete('cust_1'))).toMatchObject({
    code: 'customer_not_found',
  })
})

test('the service says how long to wait', async () => {
  const { commerce, sent } = scripted([
    refuses(429, 'too_many_requests', { 'Retry-After': '7' }),
    answers(200, jane),
  ])
  const call = commerce.customers.retrieve('cust_1')
  await vi.advanceTimersByTimeAsync(6999)
  expect(sent).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(251)
  expect(sent).toHaveLength(2)
  await call
})

test('who is to wait long is told instead', async () => {
  const until = new Date(Date.now() + 120_000).toUTCString()
  const { commerce } = scripted([refuses(429, 'too_many_requests', { 'Retry-After': until })])
  const error = await ended(commerce.customers.retrieve('cust_1'))
  expect(error).toMatchObject({ code: 'too_many_requests', status: 429 })
  expect((error as CommerceError).retryAfter).toBeGreaterThan(110)
})

test('after three more tries it gives up, with the last reason', async () => {
  const { commerce, sent } = scripted([lost, lost, lost, answers(503)])
  expect(await ended(commerce.customers.me())).toMatchObject({ status: 503 })
  expect(sent).toHaveLength(4)
})

test('a try that is not answered in time is a lost one', async () => {
  const { commerce, sent } = scripted([() => 'never', answers(200, jane)], { timeout: 1000 })
  expect(await ended(commerce.customers.me())).toEqual(jane)
  const { commerce: other } = scripted([() => 'never'], { timeout: 1000, retries: 0 })
  expect(await ended(other.customers.me())).toMatchObject({ code: 'timeout', status: 0 })
  expect(sent).toHaveLength(2)
})

test('the caller may end it, at work and between two tries', async () => {
  for (const step of [() => 'never' as const, lost]) {
    const { commerce, sent } = scripted([step])
    const ending = new AbortController()
    const call = commerce.customers.me({ signal: ending.signal }).catch((error) => error)
    await vi.advanceTimersByTimeAsync(0)
    ending.abort(new Error('enough'))
    expect(await call).toEqual(new Error('enough'))
    expect(sent).toHaveLength(1)
  }
})

test('what is no answer of the service is told apart', async () => {
  const page = () => new Response('<h1>Bad gateway</h1>', { status: 418 })
  const { commerce } = scripted([page])
  const error = await ended(commerce.customers.me())
  expect(error).toBeInstanceOf(CommerceError)
  expect(error).toMatchObject({ code: 'unexpected_response', status: 418, errors: [] })
  const { commerce: other } = scripted([() => new Response('<h1>Welcome</h1>')])
  expect(await ended(other.customers.me())).toMatchObject({ code: 'unexpected_response' })
})

test('an id that is missing or climbs out of its place sends nothing', () => {
  const { commerce, sent } = scripted([])
  for (const id of ['', '.', '..']) {
    expect(() => commerce.customers.retrieve(id)).toThrow(TypeError)
  }
  expect(() => commerce.customers.removeAddress('cust_1', '')).toThrow(TypeError)
  expect(sent).toHaveLength(0)
})

test('a rotation whose reply is lost is sent again under its key', async () => {
  const { commerce, sent } = scripted([lost, answers(200, { id: 'wh_1', secret: 'whsec_2' })])
  expect(await ended(commerce.webhooks.rotateSecret('wh_1'))).toMatchObject({ secret: 'whsec_2' })
  const keys = sent.map(({ headers }) => headers.get('Idempotency-Key'))
  expect(keys).toEqual([expect.any(String), keys[0]])
})

const unkeyed: Readonly<Record<string, (commerce: Commerce) => Promise<unknown>>> = {
  'a login': ({ auth }) => auth.login({ email: 'a@example.com', password: 'a secret' }),
  'a link of a mail': ({ auth }) => auth.verifyEmail({ token: 'mt_1', password: 'a secret' }),
  'a new password': ({ auth }) =>
    auth.changePassword({ currentPassword: 'a secret', password: 'another' }),
  'a test of a webhook': ({ webhooks }) => webhooks.test('wh_1'),
}
const full = (seconds: string) => refuses(429, 'too_many_requests', { 'Retry-After': seconds })

test.each(Object.entries(unkeyed))(
  '%s that was turned away unworked is sent again, twice at most',
  async (_, ask) => {
    const { commerce, sent } = scripted([full('1'), full('2'), answers(200, { id: 'x' })])
    expect(await ended(ask(commerce))).toEqual({ id: 'x' })
    expect(new Set(sent.map(({ body }) => body)).size).toBe(1)
    const { commerce: other, sent: all } = scripted([full('1'), full('1'), full('1')])
    expect(await ended(ask(other))).toMatchObject({ code: 'too_many_requests', status: 429 })
    expect(all).toHaveLength(3)
    const { commerce: never } = scripted([full('1')], { retries: 0 })
    expect(await ended(ask(never))).toMatchObject({ status: 429 })
  },
)

test.each(Object.entries(unkeyed))(
  '%s is not sent again after a long wait, without one, or when it may have been done',
  async (_, ask) => {
    const faults = [full('3'), refuses(429, 'too_many_attempts'), lost, answers(502)]
    const away = refuses(503, 'database_unavailable', { 'Retry-After': '1' })
    for (const fault of [...faults, away]) {
      const { commerce, sent } = scripted([fault])
      expect(await ended(ask(commerce))).toBeInstanceOf(CommerceError)
      expect(sent).toHaveLength(1)
    }
  },
)

test('in a browser, a service that cannot be reached is told with the origin that may be missing there', async () => {
  const message = async (origin?: string) => {
    vi.stubGlobal('location', origin === undefined ? undefined : { origin })
    const { commerce } = scripted([lost, lost, lost])
    const error = await ended(commerce.customers.retrieve('cust_1'))
    return error instanceof Error ? error.message : error
  }
  const plain = 'The service could not be reached.'
  expect(await message()).toBe(plain)
  expect(await message('https://customer.test')).toBe(plain)
  expect(await message('https://shop.test')).toBe(
    `${plain} If it runs, the origin of this page (https://shop.test) may be missing in its cors_origins.`,
  )
})
