import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { receive } from '../../src/queue/index.ts'
import { startTestApp } from '../support/app.ts'
import { batchOf } from '../support/batch.ts'
import { freshDatabase } from '../support/database.ts'
import { logIn, makeShopper } from '../support/shopper.ts'

const database = await freshDatabase()
const app = await startTestApp({ database })
const { call, tenant, runtime } = app

const shopper = await makeShopper(app)
const { accessToken: token, refreshToken } = await logIn(app, shopper)
const keyed = { body: { email: 'keyed@example.com' }, headers: { 'Idempotency-Key': 'keyed' } }
await call('POST', '/customer', keyed)
await call('POST', '/group', { body: { key: 'vip' } })
const order = {
  ...{ tenant, customerId: shopper.id, orderId: 'o1', total: 1, currency: 'USD', state: 'paid' },
  ...{ placedAt: '2026-06-01T08:00:00Z', version: 1 },
}
await app.drain()
expect((await call('GET', '/readyz')).status).toBe(200)
await call('POST', '/customer', { body: { email: 'waits@example.com' } })
await app.settled()

/** Changes what the database takes, and ends the sessions that had begun before. */
async function take(writes: boolean): Promise<void> {
  const client = new pg.Client(database)
  await client.connect()
  await client.query('set default_transaction_read_only = off')
  const name = new URL(database).pathname.slice(1)
  await client.query(
    `alter database ${name} set default_transaction_read_only = ${writes ? 'off' : 'on'}`,
  )
  await client.query(
    // Waits up to five seconds for each to end, so that no later request meets a session that is just ending.
    'select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  )
  await client.end()
}

describe('while the database takes no writes', () => {
  beforeAll(() => take(false))
  afterAll(() => take(true))

  test.each([
    ['/healthz'],
    ['/.well-known/jwks.json'],
    [`/customer/${shopper.id}`],
    ['/customer?sort=totalSpent:desc'],
    ['/customer?q=jane&count=exact'],
    [`/customer/${shopper.id}/address`],
    [`/customer/${shopper.id}/event`],
    [`/customer/${shopper.id}/order`],
    [`/customer/${shopper.id}/stats`],
    ['/event'],
    ['/group'],
    ['/group/vip/member'],
    ['/merge'],
    ['/webhook'],
    ['/dead-letter'],
  ])('GET %s is answered', async (path) => {
    expect((await call('GET', path)).status).toBe(200)
  })

  test.each(['/customer/me', '/customer/me/address', '/customer/me/order', '/auth/session'])(
    'a shopper’s GET %s is answered',
    async (path) => {
      expect((await call('GET', path, { token })).status).toBe(200)
    },
  )

  test.each([
    ['POST', '/customer', { email: 'new@example.com' }],
    ['PATCH', `/customer/${shopper.id}`, { firstName: 'New' }],
    ['DELETE', '/group/vip', undefined],
    ['GET', '/readyz', undefined],
  ])('%s %s is 503, and says when to come back', async (method, path, body) => {
    const answer = await call(method, path, { body })
    expect([answer.status, answer.body.code]).toEqual([503, 'database_unavailable'])
    expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(0)
  })

  test('a login and a refresh are 503, and spend no token', async () => {
    const login = { email: shopper.email, password: shopper.password }
    for (const ask of [
      () => call('POST', '/auth/login', { body: login }),
      () => call('POST', '/auth/refresh', { token: null, body: { refreshToken } }),
    ]) {
      const { status, body, headers } = await ask()
      expect([status, body.code]).toEqual([503, 'database_unavailable'])
      expect(Number(headers.get('Retry-After'))).toBeGreaterThan(0)
    }
  })

  test('a request that was answered under its key gets that answer', async () => {
    const { status, headers } = await call('POST', '/customer', keyed)
    expect([status, headers.get('Idempotent-Replayed')]).toEqual([201, 'true'])
  })

  test('a service gets its token', async () => {
    const client = { client_id: `${tenant}-service`, client_secret: 'secret' }
    const { status } = await app.request('/oauth/token', {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'client_credentials', ...client }),
    })
    expect(status).toBe(200)
  })

  test('messages go back to their queues, also to that of dead letters', async () => {
    const job = app.sent.at(-1)
    for (const [queue, body] of [
      ['customer', job],
      ['customer-order', order],
      ['customer-dead', job],
    ] as const) {
      const { batch, settled } = batchOf([body, body], { queue })
      await receive(batch, runtime)
      expect(settled, queue).toEqual({ m0: { retry: 5 }, m1: { retry: 5 } })
    }
  })

  test('cron fails, and does its work later', async () => {
    await expect(app.cron()).rejects.toMatchObject({ code: '25006' })
  })
})

test('all goes on when it takes writes again', async () => {
  expect((await call('GET', '/readyz')).status).toBe(200)
  await app.drain()
  await app.cron()
  expect((await call('POST', '/customer', { body: { email: 'new@example.com' } })).status).toBe(201)
  const again = await call('POST', '/auth/refresh', { token: null, body: { refreshToken } })
  expect(again.status).toBe(200)
})
