import { describe, expect, test } from 'vitest'
import { startTestApp } from '../support/app.ts'
import { shopIn } from '../support/shop.ts'
import { sql } from '../support/sql.ts'

const app = await startTestApp()
const { call, db, tenant, wire } = app
const { account, guest, record, find, freshEmail, eventsOf, merge } = shopIn(app)

const home = {
  line1: '123 Main St',
  city: 'San Francisco',
  state: 'CA',
  postalCode: '94102',
  country: 'US',
}
const checkout = (body: object, options: object = {}) =>
  call('POST', '/customer/guest', { body, ...options })

const DAY_MS = 24 * 60 * 60 * 1000

test('a guest is created with what it says, and found again as it was', async () => {
  const email = freshEmail()
  const made = await checkout({
    email,
    firstName: 'Jane',
    lastName: 'Doe',
    phone: '+14155551234',
    address: home,
  })
  expect([made.status, made.headers.get('Location'), made.headers.get('ETag')]).toEqual([
    201,
    `/customer/${made.body.id}`,
    'W/"1"',
  ])
  expect(made.body).toMatchObject({
    email,
    status: 'guest',
    emailVerified: false,
    addresses: [{ line1: '123 Main St', isDefault: true, defaultFor: ['shipping', 'billing'] }],
  })
  const other = {
    email: email.toUpperCase(),
    firstName: 'Other',
    address: { ...home, line1: '1 Other St' },
  }
  const found = await checkout(other)
  expect([found.status, found.body]).toEqual([200, made.body])
  expect(await eventsOf(made.body.id)).toMatchObject([{ type: 'customer.created' }])
})

test('fifty who check out with one address at once make one guest', async () => {
  const email = freshEmail()
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, n) =>
      checkout({ email, firstName: `Name ${n}`, address: { ...home, line1: `${n} Main St` } }),
    ),
  )
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(49)
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
})

test('an account of the address is another customer, and is left as it is', async () => {
  const email = freshEmail()
  const registered = await account({ email, firstName: 'Jane' })
  const { status, body } = await checkout({ email, firstName: 'Other' })
  expect(status).toBe(201)
  expect(body.id).not.toBe(registered.id)
  expect(await find(registered.id)).toEqual(registered)
})

test('a storefront learns nothing of who is known', async () => {
  const token = app.tokens.storefront
  const known = freshEmail()
  await account({ email: known })
  await guest({ email: known })
  const trips = []
  for (const email of [known, freshEmail()]) {
    wire.reset()
    const { status, text, headers } = await checkout(
      { email, firstName: 'X', address: home },
      { token },
    )
    expect([status, text, headers.get('Location'), headers.get('ETag')]).toEqual([
      202,
      '{"status":"accepted"}',
      null,
      null,
    ])
    trips.push(wire.count())
  }
  expect(trips[0]).toEqual(trips[1])
})

test('a guest request repeated under its key gets the first answer', async () => {
  const headers = { 'Idempotency-Key': 'guest-1' }
  const body = { email: freshEmail() }
  const first = await checkout(body, { headers })
  const again = await checkout(body, { headers })
  expect([again.status, again.text]).toEqual([201, first.text])
})

test('what makes no sense is refused, and a guest cannot log in', async () => {
  const { body } = await checkout({
    email: 'nobody',
    password: 'x',
    address: { line1: '1', country: 'ZZ' },
  })
  expect(body.errors.map(({ path }: { path: string }) => path).sort()).toEqual([
    'address.country',
    'email',
    'password',
  ])
  const visitor = await guest()
  expect((await call('POST', `/customer/${visitor.id}/disable`)).body.code).toBe(
    'customer_is_guest',
  )
})

test('guests are listed among the customers', async () => {
  const visitor = await guest()
  const { body } = await call('GET', `/customer?status=guest&email=${visitor.email}`)
  expect(body.data).toMatchObject([{ id: visitor.id, status: 'guest' }])
})

test('a checkout takes one round trip', async () => {
  wire.reset()
  await checkout({ email: freshEmail(), address: home })
  expect(wire.count().trips).toBe(1)
})

describe('after ninety days', () => {
  const purge = () => app.cron('17 3 * * *')
  const rows = async (table: string, column: string, id: string) => {
    const [found = []] = await db.run([
      sql`select * from ${sql.identifier(table)} where tenant = ${tenant} and ${sql.identifier(column)} = ${id}`,
    ])
    return found
  }

  test('guests who ordered nothing are removed without a trace of who they were', async () => {
    const [idle, buyer, follower] = [
      await guest({ firstName: 'Idle', address: home }),
      await guest(),
      await guest(),
    ]
    await record(buyer.id, 'purge-1')
    await call('POST', `/customer/${idle.id}/group`, { body: { group: 'newsletter' } })
    await merge(idle.id, follower.id)
    await db.run([
      sql`insert into rule_moment (tenant, group_key, customer_id, next_at)
        values (${tenant}, 'newsletter', ${idle.id}, '2100-01-01')`,
    ])
    app.advance(89 * DAY_MS)
    const young = await guest({ address: home })
    await purge()
    expect((await find(idle.id)).id).toBe(idle.id)
    app.advance(2 * DAY_MS)
    await app.drain()
    app.sent.length = 0
    await purge()
    for (const { id } of [idle, follower]) {
      expect((await call('GET', `/customer/${id}`)).status).toBe(404)
      for (const table of ['address', 'membership', 'rule_moment'])
        expect(await rows(table, 'customer_id', id)).toEqual([])
      expect(await rows('customer', 'id', id)).toEqual([])
      expect(await rows('merge', 'merged_id', id)).toEqual([])
      expect(await eventsOf(id)).toMatchObject([
        { type: 'customer.deleted', data: { customerId: id } },
      ])
    }
    expect(app.sent.filter(({ kind }) => kind === 'announce').length).toBeGreaterThanOrEqual(2)
    expect(JSON.stringify(await eventsOf(idle.id))).not.toContain(idle.email)
    expect((await find(buyer.id)).orderCount).toBe(1)
    expect((await find(young.id)).id).toBe(young.id)
  })
})
