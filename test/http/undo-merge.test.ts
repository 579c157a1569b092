import { describe, expect, test } from 'vitest'
import { startTestApp } from '../support/app.ts'
import { shopIn } from '../support/shop.ts'
import { sql } from '../support/sql.ts'

const app = await startTestApp()
const { call, db, tenant, wire } = app
const { account, guest, record, claim, find, merge, eventsOf, freshEmail } = shopIn(app)

const DAY_MS = 24 * 60 * 60 * 1000
const home = {
  line1: '123 Main St',
  city: 'San Francisco',
  state: 'CA',
  postalCode: '94102',
  country: 'US',
}
const undo = (id: string, headers = {}) => call('POST', `/merge/${id}/undo`, { headers })

/** What a reader sees, without what counts changes. */
const seen = async (id: string) => {
  const { updatedAt: _, ...customer } = await find(id)
  return customer
}

/** An account and a guest with something of everything. */
async function rich() {
  const survivor = await account({ firstName: 'Jane', metadata: { a: '1' } })
  const visitor = await guest({
    firstName: 'J',
    lastName: 'Doe',
    phone: '+14155551234',
    locale: 'en-US',
    address: home,
  })
  await call('POST', `/customer/${survivor.id}/address`, { body: { ...home, line1: '1 Own St' } })
  await call('POST', `/customer/${visitor.id}/address`, { body: { ...home, line1: '1 own st.' } })
  await call('POST', `/customer/${visitor.id}/address`, {
    body: { ...home, line1: '2 Guest St', isDefault: true },
  })
  await call('PATCH', `/customer/${visitor.id}`, { body: { metadata: { a: '2', b: '3' } } })
  await call('POST', `/customer/${visitor.id}/group`, { body: { group: 'vip' } })
  for (const [n, currency] of ['USD', 'EUR'].entries()) {
    await record(visitor.id, `${visitor.id}-${n}`, { currency })
    await record(survivor.id, `${survivor.id}-${n}`, { currency })
  }
  return { survivor, visitor }
}

test('a merge that is undone leaves both as they were', async () => {
  const { survivor, visitor } = await rich()
  const before = [await seen(survivor.id), await seen(visitor.id)]
  const { body: merged } = await merge(survivor.id, visitor.id)
  expect(await seen(survivor.id)).not.toEqual(before[0])
  const { status, body } = await undo(merged.id)
  expect([status, body.state, body.conflicts]).toEqual([200, 'undone', []])
  expect(body).toMatchObject({ undoableUntil: null, undoneBy: { type: 'service' } })
  expect([await seen(survivor.id), await seen(visitor.id)]).toEqual(before)
  expect((await call('GET', `/customer/${visitor.id}/group`)).body.data).toMatchObject([
    { key: 'vip', source: 'manual' },
  ])
  const told = {
    type: 'customer.unmerged',
    data: { mergeId: merged.id, survivorId: survivor.id, mergedId: visitor.id, orders: 2 },
  }
  expect((await eventsOf(visitor.id)).at(-1)).toMatchObject({
    ...told,
    data: { ...told.data, role: 'merged' },
  })
  expect((await eventsOf(survivor.id)).slice(-2)).toMatchObject([
    { ...told, data: { ...told.data, role: 'survivor' } },
    { type: 'customer.group_removed', data: { group: 'vip' } },
  ])
})

test('undone twice it changes nothing', async () => {
  const { survivor, visitor } = await rich()
  const { body: merged } = await merge(survivor.id, visitor.id)
  const first = await undo(merged.id)
  await app.settled()
  const before = [
    await find(survivor.id),
    await find(visitor.id),
    (await eventsOf(visitor.id)).length,
  ]
  const again = await undo(merged.id)
  expect([again.status, again.body]).toEqual([200, first.body])
  const after = [
    await find(survivor.id),
    await find(visitor.id),
    (await eventsOf(visitor.id)).length,
  ]
  expect(after).toEqual(before)
})

test('an undo whose answer was lost is done once', async () => {
  const { survivor, visitor } = await rich()
  const { body: merged } = await merge(survivor.id, visitor.id)
  wire.faults.add({ at: 'after', do: 'cut' })
  expect((await undo(merged.id)).status).toBe(503)
  expect((await undo(merged.id)).body.state).toBe('undone')
  expect(await find(visitor.id)).toMatchObject({ orderCount: 2 })
  expect(await find(survivor.id)).toMatchObject({ orderCount: 2 })
})

test('the orders return in their newest state, and what came after the merge stays', async () => {
  const [survivor, visitor] = [await account(), await guest()]
  const o = (n: number) => `${visitor.id}-${n}`
  for (const n of [1, 2, 3]) await record(visitor.id, o(n))
  const { body: merged } = await merge(survivor.id, visitor.id)
  await record(visitor.id, o(1), { version: 2, refunded: 400 })
  await record(survivor.id, o(2), { version: 2, state: 'canceled' })
  await record(visitor.id, o(4), { total: 50 })
  const elsewhere = await account()
  await record(elsewhere.id, o(3), { version: 2 })
  const { body } = await undo(merged.id)
  expect(body.conflicts).toEqual([{ type: 'order', id: o(3), reason: 'moved' }])
  expect(await find(visitor.id)).toMatchObject({ orderCount: 1, totalSpent: 600 })
  expect((await call('GET', `/customer/${visitor.id}/order`)).body.data).toHaveLength(2)
  expect(await find(survivor.id)).toMatchObject({ orderCount: 1, totalSpent: 50 })
  expect(await find(elsewhere.id)).toMatchObject({ orderCount: 1 })
  expect((await record(visitor.id, o(5))).body.customerId).toBe(visitor.id)
})

test('an address that the survivor was given too since stays, and the other has what it was', async () => {
  const email = freshEmail()
  await call('POST', '/customer/guest', {
    token: app.tokens.storefront,
    body: { email, address: home },
  })
  const visitor = await guest({ email })
  const survivor = await account()
  const { body: merged } = await merge(survivor.id, visitor.id)
  const { status } = await call('POST', `/customer/${survivor.id}/address`, { body: home })
  expect(status).toBe(200)
  const { body } = await undo(merged.id)
  const [address] = merged.detail.addressIds
  expect(body.conflicts).toEqual([{ type: 'address', id: address, reason: 'changed' }])
  expect((await find(survivor.id)).addresses).toMatchObject([{ id: address, ...home }])
  const [rows = []] = await db.run([
    sql`select line1, unproven from address where tenant = ${tenant} and customer_id = ${visitor.id}`,
  ])
  expect(rows).toEqual([{ line1: home.line1, unproven: true }])
})

test('what somebody has touched since stays, and of an address both have one', async () => {
  const { survivor, visitor } = await rich()
  const { body: merged } = await merge(survivor.id, visitor.id)
  const moved = merged.detail.addressIds as string[]
  const [changed = '', deleted = ''] = moved
  await call('PATCH', `/customer/${survivor.id}/address/${changed}`, { body: { line2: 'Floor 3' } })
  await call('DELETE', `/customer/${survivor.id}/address/${deleted}`)
  await call('PATCH', `/customer/${survivor.id}`, {
    body: { lastName: 'Roe', metadata: { b: '9' } },
  })
  await call('DELETE', `/customer/${survivor.id}/group/vip`)
  const { body } = await undo(merged.id)
  expect(body.conflicts).toEqual(
    expect.arrayContaining([
      { type: 'address', id: changed, reason: 'changed' },
      { type: 'address', id: deleted, reason: 'deleted' },
      { type: 'profile', id: 'lastName', reason: 'changed' },
      { type: 'metadata', id: 'b', reason: 'changed' },
      { type: 'group', id: 'vip', reason: 'changed' },
    ]),
  )
  expect(body.conflicts).toHaveLength(5)
  expect(await find(survivor.id)).toMatchObject({
    lastName: 'Roe',
    phone: null,
    metadata: { a: '1', b: '9' },
  })
  const lines = async (id: string) =>
    (await find(id)).addresses
      .map(({ line1, line2 }: { line1: string; line2: string | null }) =>
        `${line1} ${line2 ?? ''}`.trim(),
      )
      .sort()
  expect(await lines(visitor.id)).toEqual(['1 own st.', '123 Main St', '2 Guest St'])
  expect(
    (await lines(survivor.id)).filter((line: string) => line.endsWith('Floor 3')),
  ).toHaveLength(1)
  expect(await find(visitor.id)).toMatchObject({ lastName: 'Doe', groups: ['vip'] })
})

test('an undone pair is not merged again by itself, but on request', async () => {
  const email = freshEmail()
  const visitor = await guest({ email })
  const { id } = await account({ email })
  await claim(email)
  await app.drain()
  const [{ id: mergeId }] = (await call('GET', `/merge?customer=${id}`)).body.data
  await undo(mergeId)
  await claim(email)
  await guest({ email })
  app.advance(120_000)
  await app.cron()
  await app.drain()
  expect(await find(visitor.id)).toMatchObject({ id: visitor.id, status: 'guest' })
  expect((await merge(id, visitor.id)).status).toBe(201)
  expect((await find(visitor.id)).id).toBe(id)
})

test('an account returns with its login', async () => {
  const [survivor, other] = [await account(), await account({ password: 'correct horse battery' })]
  const hash = async () => {
    const [rows = []] = await db.run([
      sql`select password_hash from customer where tenant = ${tenant} and id = ${other.id}`,
    ])
    return rows[0]?.password_hash
  }
  const before = await hash()
  const { body: merged } = await merge(survivor.id, other.id)
  expect(JSON.stringify(merged)).not.toContain('scrypt')
  await undo(merged.id)
  expect(before).toMatch(/scrypt/)
  expect(await hash()).toBe(before)
  const [kept = []] = await db.run([
    sql`select from merge where tenant = ${tenant} and (password_hash is not null or before::text like '%scrypt%') and merged_id = ${other.id}`,
  ])
  expect(kept).toHaveLength(0)
})

test('who followed the merged one follows it back, and can be undone then', async () => {
  const [first, second, third] = [await guest(), await account(), await account()]
  await record(first.id, `${first.id}-1`)
  const { body: one } = await merge(second.id, first.id)
  const { body: two } = await merge(third.id, second.id)
  expect((await undo(one.id)).body.code).toBe('merge_not_undoable')
  await undo(two.id)
  expect((await find(first.id)).id).toBe(second.id)
  expect((await undo(one.id)).status).toBe(200)
  expect(await find(first.id)).toMatchObject({ id: first.id, orderCount: 1 })
})

test('If-Match names the merge’s version, and what is not there cannot be undone', async () => {
  const [survivor, visitor] = [await account(), await guest()]
  const { body, headers } = await merge(survivor.id, visitor.id)
  expect(headers.get('ETag')).toBe('W/"2"')
  expect((await undo(body.id, { 'If-Match': 'W/"3"' })).status).toBe(412)
  expect((await undo(body.id, { 'If-Match': 'W/"2"' })).headers.get('ETag')).toBe('W/"3"')
  expect((await undo('mrg_01jz5qk8f3e8ar1vp0h2n4x6ab')).body.code).toBe('merge_not_found')
  const strange = await call('POST', `/merge/${body.id}/undo`, { token: app.tokens.stranger })
  expect(strange.body.code).toBe('merge_not_found')
})

describe('a merge cannot be undone any more', () => {
  const merged = async () => {
    const [survivor, visitor] = [await account(), await guest()]
    const { body } = await merge(survivor.id, visitor.id)
    return { survivor, visitor, id: body.id as string }
  }
  const refused = async (id: string) => {
    const { status, body } = await undo(id)
    expect([status, body.code]).toEqual([409, 'merge_not_undoable'])
  }

  test('when its survivor became part of another', async () => {
    const { survivor, id } = await merged()
    await merge((await account()).id, survivor.id)
    await refused(id)
  })

  test('when its survivor was deleted', async () => {
    const { survivor, id } = await merged()
    await call('DELETE', `/customer/${survivor.id}`)
    await refused(id)
  })

  test('when a newer guest holds the address', async () => {
    const { visitor, id } = await merged()
    await guest({ email: visitor.email })
    await refused(id)
  })

  test('when another account holds the address', async () => {
    const [survivor, other] = [await account(), await account()]
    const { body } = await merge(survivor.id, other.id)
    await account({ email: other.email })
    await refused(body.id)
  })

  test('when another account may still take the address back', async () => {
    const [survivor, other, mover] = [await account(), await account(), await account()]
    const { body } = await merge(survivor.id, other.id)
    await db.run([
      sql`insert into email_change (tenant, id, customer_id, old_email, old_email_key, new_email, new_email_key, created_at, confirmed_at, undo_until)
        values (${tenant}, 'move', ${mover.id}, ${other.email}, ${other.email}, ${mover.email}, ${mover.email}, now(), now(), now() + interval '1 day')`,
    ])
    await refused(body.id)
  })

  test('when it is not done yet', async () => {
    const email = freshEmail()
    await guest({ email })
    const { id } = await account({ email })
    await claim(email)
    const [{ id: mergeId }] = (await call('GET', `/merge?customer=${id}`)).body.data
    await refused(mergeId)
    await app.drain()
  })

  test('after thirty days', async () => {
    const { id } = await merged()
    const other = await merged()
    app.advance(30 * DAY_MS - 60_000)
    expect((await undo(other.id)).status).toBe(200)
    app.advance(120_000)
    await refused(id)
  })
})
