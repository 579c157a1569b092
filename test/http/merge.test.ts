import pg from 'pg'
import { describe, expect, inject, test } from 'vitest'
import { newId } from '#kernel/id'
import { startTestApp } from '../support/app.ts'
import { shopIn } from '../support/shop.ts'
import { sql } from '../support/sql.ts'
import { untilWaitedFor } from '../support/waits.ts'

const app = await startTestApp()
const { call, db, tenant, wire } = app
const { account, guest, record, claim, find, merge, eventsOf, freshEmail } = shopIn(app)

const home = {
  line1: '123 Main St',
  city: 'San Francisco',
  state: 'CA',
  postalCode: '94102',
  country: 'US',
}
const office = { ...home, line1: '1 Market St' }

test('a guest becomes part of the account of its address once that is proven, and never before', async () => {
  const email = freshEmail()
  const visitor = await guest({ email, firstName: 'Jane', lastName: 'Doe', address: home })
  await record(visitor.id, 'a1')
  await record(visitor.id, 'a2', { total: 500, placedAt: '2026-06-02T08:00:00Z' })
  const { id } = await account({ email: email.toUpperCase(), firstName: 'Janet' })
  await app.drain()
  expect(await find(id)).toMatchObject({ orderCount: 0, addresses: [] })

  await claim(email)
  await app.drain()
  expect(await find(id)).toMatchObject({
    status: 'active',
    firstName: 'Janet',
    lastName: 'Doe',
    orderCount: 2,
    totalSpent: 1500,
    spent: [{ currency: 'USD', amount: 1500, orders: 2 }],
    lastOrderAt: '2026-06-02T08:00:00.000Z',
    addresses: [{ line1: '123 Main St', isDefault: true, defaultFor: ['shipping', 'billing'] }],
  })
  const moved = await call('GET', `/customer/${visitor.id}`)
  expect(moved.headers.get('Content-Location')).toBe(`/customer/${id}`)
  expect(moved.body).toMatchObject({ id, mergedFrom: visitor.id })
  expect((await record(visitor.id, 'a3')).body.customerId).toBe(id)
  expect((await call('PATCH', `/customer/${visitor.id}`, { body: {} })).body.code).toBe(
    'customer_merged',
  )
  const told = {
    type: 'customer.merged',
    data: { survivorId: id, mergedId: visitor.id, orders: 2, addresses: 1 },
  }
  expect(await eventsOf(id)).toMatchObject([
    { type: 'customer.created' },
    { ...told, data: { ...told.data, role: 'survivor', changed: ['lastName', 'addresses'] } },
    { type: 'customer.order_recorded' },
  ])
  expect((await eventsOf(visitor.id)).at(-1)).toMatchObject({
    ...told,
    data: { ...told.data, role: 'merged' },
  })
})

test('who asks for the merge of a guest while its own account is being proven waits, and is not refused', async () => {
  const email = freshEmail()
  const [visitor, own, other] = [await guest({ email }), await account({ email }), await account()]
  const client = new pg.Client(inject('database'))
  await client.connect()
  try {
    await client.query('begin')
    await client.query(
      `update customer set status = 'active', email_verified_at = now(), claimed_at = now() where tenant = $1 and id = $2`,
      [tenant, own.id],
    )
    await client.query(
      `insert into merge (tenant, id, state, survivor_id, merged_id, automatic, created_at, tried_at)
       values ($1, $2, 'pending', $3, $4, true, now(), now())`,
      [tenant, newId('merge', new Date()), own.id, visitor.id],
    )
    const asked = merge(other.id, visitor.id)
    await untilWaitedFor(client, asked, 'apply_merges')
    await client.query('commit')
    expect((await asked).status).toBe(201)
  } finally {
    await client.end()
  }
  expect((await find(visitor.id)).id).toBe(other.id)
})

test('an order that waits for one merge and meets the next goes to the last survivor', async () => {
  const [first, second, third] = [await guest(), await account(), await account()]
  const become = (client: pg.Client, it: string, other: string) =>
    client.query(
      `update customer set status = 'merged', merged_into = $3 where tenant = $1 and id = $2`,
      [tenant, it, other],
    )
  const [one, next] = [new pg.Client(inject('database')), new pg.Client(inject('database'))]
  await Promise.all([one.connect(), next.connect()])
  try {
    for (const client of [one, next]) await client.query('begin')
    await become(one, first.id, second.id)
    await become(next, second.id, third.id)
    const recorded = record(first.id, 'waits')
    await untilWaitedFor(one, recorded, 'record_orders')
    await one.query('commit')
    await untilWaitedFor(next, recorded, 'record_orders')
    await next.query(
      `update customer set merged_into = $3 where tenant = $1 and merged_into = $2`,
      [tenant, second.id, third.id],
    )
    await next.query('commit')
    expect((await recorded).body.customerId).toBe(third.id)
  } finally {
    await Promise.all([one.end(), next.end()])
  }
})

test('orders that arrive while a whole chain is merged are the last survivor’s', async () => {
  const chains = Array.from({ length: 10 }, async (_, n) => {
    const [first, second, third] = [await guest(), await account(), await account()]
    const [ours, theirs, ...orders] = await Promise.all([
      merge(second.id, first.id),
      merge(third.id, second.id),
      ...Array.from({ length: 4 }, (_, order) => record(first.id, `chain-${n}-${order}`)),
    ])
    expect(orders.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect(theirs.status).toBe(201)
    if (ours.status !== 201) await merge(third.id, first.id)
    expect(await find(first.id)).toMatchObject({ id: third.id, orderCount: 4, totalSpent: 4000 })
    const [lost = []] = await db.run([
      sql`select id from "order" where tenant = ${tenant} and customer_id in (${first.id}, ${second.id})`,
    ])
    expect(lost).toEqual([])
  })
  await Promise.all(chains)
})

describe('both proofs are needed', () => {
  const unproven = {
    'neither inbox nor password': sql`status = 'unverified'`,
    'the inbox alone': sql`status = 'active', email_verified_at = now()`,
    'the password alone': sql`claimed_at = now()`,
    'a disabled account': sql`status = 'disabled', email_verified_at = now(), claimed_at = now()`,
  }
  test.each(Object.entries(unproven))('%s is not enough', async (_, set) => {
    const email = freshEmail()
    const { id } = await account({ email })
    await db.run([sql`update customer set ${set} where tenant = ${tenant} and id = ${id}`])
    const visitor = await guest({ email })
    await record(visitor.id, `p-${visitor.id}`)
    await app.cron()
    await app.drain()
    expect(await find(visitor.id)).toMatchObject({ id: visitor.id, status: 'guest', orderCount: 1 })
    expect((await call('GET', `/merge?customer=${id}`)).body.data).toEqual([])
  })

  test('a proof that was lost while the job waited is none: the commit itself looks', async () => {
    const email = freshEmail()
    const visitor = await guest({ email })
    const { id } = await account({ email })
    await claim(email)
    expect((await call('GET', `/merge?customer=${id}`)).body.data).toMatchObject([
      { state: 'pending' },
    ])
    await db.run([
      sql`update customer set claimed_at = null where tenant = ${tenant} and id = ${id}`,
    ])
    await app.drain()
    expect((await find(visitor.id)).status).toBe('guest')
    expect((await call('GET', `/merge?customer=${id}`)).body.data).toEqual([])
  })
})

test('a guest that comes after the proof brings its orders only', async () => {
  const email = freshEmail()
  const { id } = await account({ email })
  await claim(email)
  app.advance(1000)
  const visitor = await guest({ email, firstName: 'Mallory', phone: '+14155550199', address: home })
  await record(visitor.id, 'b1')
  await app.drain()
  expect(await find(visitor.id)).toMatchObject({
    id,
    mergedFrom: visitor.id,
    firstName: null,
    phone: null,
    addresses: [],
    orderCount: 1,
  })
  const [{ id: mergeId }] = (await call('GET', `/merge?customer=${visitor.id}`)).body.data
  expect((await call('GET', `/merge/${mergeId}`)).body).toMatchObject({
    automatic: true,
    ordersOnly: true,
    actor: { type: 'system', id: 'merge' },
    detail: { orderIds: ['b1'], leftAddresses: [{ line1: '123 Main St' }] },
  })
  const again = await guest({ email })
  expect(again.id).not.toBe(visitor.id)
})

test('what a storefront said of a guest fills no field and is no default', async () => {
  const email = freshEmail()
  const token = app.tokens.storefront
  await call('POST', '/customer/guest', {
    body: { email, firstName: 'Mallory', address: home },
    token,
  })
  const { id } = await account({ email })
  await claim(email)
  await app.drain()
  expect(await find(id)).toMatchObject({
    firstName: null,
    addresses: [{ line1: '123 Main St', isDefault: false, defaultFor: [] }],
  })
})

test('an address that is vouched for and becomes a default by that has another version', async () => {
  const email = freshEmail()
  const body = { email, address: home }
  await call('POST', '/customer/guest', { token: app.tokens.storefront, body })
  const visitor = await guest({ email })
  const survivor = await account()
  await merge(survivor.id, visitor.id)
  const [address] = (await find(survivor.id)).addresses
  expect(address.isDefault).toBe(false)
  const path = `/customer/${survivor.id}/address`
  const before = (await call('GET', `${path}/${address.id}`)).headers.get('ETag')
  const again = await call('POST', path, { body: home })
  expect([again.status, again.body]).toEqual([
    200,
    { ...address, isDefault: true, defaultFor: ['shipping', 'billing'] },
  ])
  expect(again.headers.get('ETag')).not.toBe(before)
  const late = { body: { isDefault: false }, headers: { 'If-Match': before ?? '' } }
  expect((await call('PATCH', `${path}/${address.id}`, late)).status).toBe(412)
})

test('addresses are not stored twice, stay within the limit, and none replaces a default', async () => {
  const { id } = await account()
  await call('POST', `/customer/${id}/address`, { body: home })
  for (let n = 1; n <= 7; n++) {
    await call('POST', `/customer/${id}/address`, { body: { ...home, line1: `${n} Own St` } })
  }
  const visitor = await guest({ address: { ...home, line1: '123 MAIN ST.' } })
  for (let n = 1; n <= 4; n++) {
    await call('POST', `/customer/${visitor.id}/address`, {
      body: { ...home, line1: `${n} New St`, isDefault: n === 2 },
    })
  }
  const preview = await call('POST', `/customer/${id}/merge/preview`, {
    body: { from: visitor.id },
  })
  expect(preview.body.leftAddresses.map(({ reason }: { reason: string }) => reason).sort()).toEqual(
    ['no_room', 'no_room', 'same'],
  )
  const { body } = await merge(id, visitor.id)
  expect(body).toMatchObject({ state: 'done', addresses: 2 })
  expect(body.detail.leftAddresses).toHaveLength(3)
  const { addresses } = await find(id)
  expect(addresses).toHaveLength(10)
  expect(addresses.filter(({ isDefault }: { isDefault: boolean }) => isDefault)).toMatchObject([
    { line1: '123 Main St' },
  ])
  expect(addresses.map(({ line1 }: { line1: string }) => line1)).toContain('2 New St')
})

test('memberships are united, blank fields filled, and the survivor’s metadata wins', async () => {
  const { id } = await account({ firstName: 'Jane', metadata: { a: 'survivor' } })
  const other = await account({
    firstName: 'Not',
    lastName: 'Doe',
    locale: 'de-DE',
    externalId: 'ext-1',
    metadata: { a: 'other', b: 'other' },
  })
  await call('POST', `/customer/${id}/group`, { body: { group: 'staff' } })
  for (const group of ['staff', 'vip'])
    await call('POST', `/customer/${other.id}/group`, { body: { group } })
  const { status, body, headers } = await merge(id, other.id)
  expect([status, headers.get('Location'), headers.get('ETag')]).toEqual([
    201,
    `/merge/${body.id}`,
    'W/"2"',
  ])
  expect(body).toMatchObject({
    automatic: false,
    actor: { type: 'service' },
    groups: ['vip'],
    profile: ['externalId', 'lastName', 'locale'],
    metadata: ['b'],
  })
  expect(await find(id)).toMatchObject({
    firstName: 'Jane',
    lastName: 'Doe',
    locale: 'de-DE',
    externalId: 'ext-1',
    groups: ['staff', 'vip'],
    metadata: { a: 'survivor', b: 'other' },
  })
  const { data } = (await call('GET', `/customer/${id}/group`)).body
  expect(data).toMatchObject([
    { key: 'staff', source: 'manual' },
    { key: 'vip', source: 'merge' },
  ])
  expect((await eventsOf(id)).map(({ type }) => type).slice(-2)).toEqual([
    'customer.merged',
    'customer.group_added',
  ])
  expect((await call('GET', '/group/vip/member')).body.data).toMatchObject([{ customerId: id }])
})

test('the login of an account that becomes part of another ends, and its address is free', async () => {
  const { id } = await account()
  const other = await account({ password: 'correct horse battery' })
  await merge(id, other.id)
  const [rows = []] = await db.run([
    sql`select password_hash from customer where tenant = ${tenant} and id = ${other.id}`,
  ])
  expect(rows[0]?.password_hash).toBeNull()
  expect((await account({ email: other.email })).id).not.toBe(other.id)
})

test('who was merged into the merged one follows', async () => {
  const [first, second, third] = [await guest(), await account(), await account()]
  await record(first.id, 'chain-1')
  await merge(second.id, first.id)
  await merge(third.id, second.id)
  expect(await find(first.id)).toMatchObject({ id: third.id, mergedFrom: first.id, orderCount: 1 })
  expect((await record(first.id, 'chain-2')).body.customerId).toBe(third.id)
})

describe('refused', () => {
  test.each([
    [
      'a merge with itself',
      'merge_with_itself',
      async () => {
        const { id } = await account()
        return [id, id]
      },
    ],
    [
      'an account into a guest',
      'guest_cannot_survive',
      async () => [(await guest()).id, (await account()).id],
    ],
    [
      'a customer that is not there',
      'customer_not_found',
      async () => [(await account()).id, 'cust_01jz5qk8f3e8ar1vp0h2n4x6ab'],
    ],
    [
      'a deleted one',
      'customer_not_found',
      async () => {
        const [one, two] = [await account(), await account()]
        await call('DELETE', `/customer/${two.id}`)
        return [one.id, two.id]
      },
    ],
    [
      'one that is part of another',
      'customer_merged',
      async () => {
        const [one, two, three] = [await account(), await account(), await guest()]
        await merge(two.id, three.id)
        return [one.id, three.id]
      },
    ],
    [
      'into one that is part of another',
      'customer_merged',
      async () => {
        const [one, two, three] = [await account(), await account(), await account()]
        await merge(two.id, three.id)
        return [three.id, one.id]
      },
    ],
  ] as const)('%s', async (_, code, pair) => {
    const [survivor = '', from = ''] = await pair()
    expect((await merge(survivor, from)).body.code).toBe(code)
    const headers = { 'Idempotency-Key': `refused-${survivor}` }
    expect((await merge(survivor, from, {}, headers)).body.code).toBe(code)
    const preview = await call('POST', `/customer/${survivor}/merge/preview`, { body: { from } })
    expect(preview.body.code).toBe(code)
  })

  test('a stranger’s customer', async () => {
    const [one, two] = [await account(), await account()]
    const { body } = await call('POST', `/customer/${one.id}/merge`, {
      body: { from: two.id },
      token: app.tokens.stranger,
    })
    expect(body.code).toBe('customer_not_found')
  })
})

describe('a preview', () => {
  test('shows what will be, and is carried out to the letter', async () => {
    const { id } = await account({ firstName: 'Jane' })
    const visitor = await guest({ firstName: 'J', lastName: 'Doe', address: office })
    await record(visitor.id, `pre-${id}`, { total: 700 })
    const { body: preview } = await call('POST', `/customer/${id}/merge/preview`, {
      body: { from: visitor.id },
    })
    expect(preview).toEqual({
      planId: expect.stringMatching(/^plan_1_1_/),
      survivorId: id,
      mergedId: visitor.id,
      survivorVersion: 1,
      mergedVersion: 1,
      orders: 1,
      spent: [{ currency: 'USD', amount: 700, orders: 1 }],
      addresses: [visitor.addresses[0].id],
      leftAddresses: [],
      groups: [],
      profile: { lastName: 'Doe' },
      metadata: {},
    })
    expect((await find(id)).orderCount).toBe(0)
    await record(visitor.id, `pre2-${id}`)
    const { status, body } = await merge(id, visitor.id, { planId: preview.planId })
    expect([status, body.orders]).toEqual([201, 2])
  })

  test.each(['survivor', 'other'] as const)(
    'is refused when the %s has changed since, saying in what',
    async (which) => {
      const [one, two] = [await account(), await guest()]
      const { body: preview } = await call('POST', `/customer/${one.id}/merge/preview`, {
        body: { from: two.id },
      })
      await call('PATCH', `/customer/${which === 'survivor' ? one.id : two.id}`, {
        body: { lastName: 'New' },
      })
      const refused = await merge(one.id, two.id, { planId: preview.planId })
      expect([refused.status, refused.body.code, refused.body.changed]).toEqual([
        412,
        'precondition_failed',
        ['lastName'],
      ])
      expect((await find(two.id)).id).toBe(two.id)
    },
  )

  test('of another pair, or made up, is refused', async () => {
    const [one, two, three] = [await account(), await guest(), await guest()]
    const { body: preview } = await call('POST', `/customer/${one.id}/merge/preview`, {
      body: { from: two.id },
    })
    expect((await merge(one.id, three.id, { planId: preview.planId })).status).toBe(412)
    expect((await merge(one.id, two.id, { planId: `plan_1_1_${'A'.repeat(43)}` })).status).toBe(412)
    expect((await merge(one.id, two.id, { planId: 'mine' })).body.errors).toMatchObject([
      { path: 'planId' },
    ])
  })

  test('If-Match is the survivor’s version', async () => {
    const [one, two] = [await account(), await guest()]
    expect((await merge(one.id, two.id, {}, { 'If-Match': 'W/"9"' })).status).toBe(412)
    expect((await merge(one.id, two.id, {}, { 'If-Match': 'W/"1"' })).status).toBe(201)
  })
})

describe('the same merge again', () => {
  test('answers with what was done', async () => {
    const [one, two] = [await account(), await guest()]
    const first = await merge(one.id, two.id)
    const again = await merge(one.id, two.id)
    expect([again.status, again.body]).toEqual([200, first.body])
  })

  test('under its key gets the first answer byte for byte, also when it was undone since', async () => {
    const [one, two] = [await account(), await guest()]
    const headers = { 'Idempotency-Key': `again-${one.id}` }
    const first = await merge(one.id, two.id, {}, headers)
    expect((await merge(one.id, two.id, {}, headers)).text).toBe(first.text)
    await call('POST', `/merge/${first.body.id}/undo`)
    const replayed = await merge(one.id, two.id, {}, headers)
    expect([replayed.status, replayed.text]).toEqual([201, first.text])
    await call('DELETE', `/customer/${one.id}`)
    expect((await merge(one.id, two.id, {}, headers)).text).toBe(first.text)
    expect((await find(two.id)).id).toBe(two.id)
  })

  test('whose answer was lost is done once', async () => {
    const [one, two] = [await account(), await guest()]
    await record(two.id, `lost-${two.id}`)
    wire.reset()
    wire.faults.add({ at: 'after', do: 'cut', when: ({ queries }) => queries.length > 1 })
    expect((await merge(one.id, two.id)).status).toBe(503)
    expect((await merge(one.id, two.id)).status).toBe(200)
    expect(await find(one.id)).toMatchObject({ orderCount: 1, totalSpent: 1000 })
  })
})

test('a merge is two round trips, everything else about merges one', async () => {
  const [one, two] = [await account(), await guest({ address: home })]
  const trips = async (request: () => Promise<unknown>) => {
    wire.reset()
    await request()
    return wire.count().trips
  }
  expect(
    await trips(() =>
      call('POST', `/customer/${one.id}/merge/preview`, { body: { from: two.id } }),
    ),
  ).toBe(1)
  expect(await trips(() => merge(one.id, two.id))).toBe(2)
  const [{ id }] = (await call('GET', `/merge?customer=${two.id}`)).body.data
  expect(await trips(() => call('GET', `/merge/${id}`))).toBe(1)
  expect(await trips(() => call('GET', '/merge?state=done&count=exact'))).toBe(1)
  expect(await trips(() => call('POST', `/merge/${id}/undo`))).toBe(1)
})

test('merges are listed newest first, by state and by either side', async () => {
  const hub = await account()
  const guests = [await guest(), await guest(), await guest()]
  const ids: string[] = []
  for (const { id } of guests) ids.unshift((await merge(hub.id, id)).body.id)
  await call('POST', `/merge/${ids[0]}/undo`)
  const page = await call('GET', `/merge?customer=${hub.id}&limit=2&count=exact`)
  expect(page.body.data.map(({ id }: { id: string }) => id)).toEqual(ids.slice(0, 2))
  expect(page.body.pagination).toMatchObject({ hasMore: true, total: 3, totalIsExact: true })
  const rest = await call(
    'GET',
    `/merge?customer=${hub.id}&limit=2&cursor=${page.body.pagination.nextCursor}`,
  )
  expect(rest.body.data).toMatchObject([{ id: ids[2], state: 'done' }])
  expect(
    (await call('GET', `/merge?customer=${guests[2]?.id}&state=undone`)).body.data,
  ).toMatchObject([{ id: ids[0] }])
  expect((await call('GET', '/merge?state=lost')).status).toBe(422)
  expect((await call('GET', '/merge/mrg_01jz5qk8f3e8ar1vp0h2n4x6ab')).body.code).toBe(
    'merge_not_found',
  )
  expect((await call('GET', '/merge/nonsense')).body.code).toBe('merge_not_found')
  expect((await call('GET', `/merge/${ids[0]}`, { token: app.tokens.stranger })).status).toBe(404)
})
