import { expect, test } from 'vitest'
import { newId } from '#kernel/id'
import { startTestApp } from '../support/app.ts'
import { eventsOf, someone } from '../support/group.ts'
import { query } from '../support/rows.ts'

const app = await startTestApp()
const { call } = app

const DAY = 86_400_000
const HALF_AN_HOUR = 1_800_000
const inDays = (days: number) => new Date(app.runtime.now().getTime() + days * DAY).toISOString()
const groupsOf = async (id: string) => (await call('GET', `/customer/${id}`)).body.groups
const add = (id: string, group: string, more: object = {}) =>
  call('POST', `/customer/${id}/group`, { body: { group, ...more } })

test('a customer is added to a group that nobody made before, and the customer shows it', async () => {
  const id = await someone(app)
  const { status, body, headers } = await add(id, 'vip')
  expect(status).toBe(201)
  expect(headers.get('ETag')).toBe('W/"2"')
  expect(headers.get('Location')).toBe(`/customer/${id}/group`)
  expect(body).toEqual({
    key: 'vip',
    source: 'manual',
    addedAt: expect.stringMatching(/Z$/),
    expiresAt: null,
    groups: ['vip'],
  })
  expect(Object.keys(body)).toEqual(['key', 'source', 'addedAt', 'expiresAt', 'groups'])
  const customer = await call('GET', `/customer/${id}`)
  expect([customer.body.groups, customer.headers.get('ETag')]).toEqual([['vip'], 'W/"2"'])
  expect((await call('GET', '/group/vip')).body).toMatchObject({ key: 'vip', name: 'vip' })
  const listed = await call('GET', `/customer/${id}/group`)
  expect(listed.body).toEqual({
    data: [{ key: 'vip', source: 'manual', addedAt: body.addedAt, expiresAt: null }],
    pagination: { limit: 20, hasMore: false, nextCursor: null },
  })
})

test('the event tells of the group, and how the customer stands after it', async () => {
  const id = await someone(app)
  await add(id, 'wholesale', { expiresAt: '2099-01-01T00:00:00+01:00' })
  const [, told] = await eventsOf(app, id)
  expect(told).toMatchObject({
    type: 'customer.group_added',
    sequence: 2,
    actor: { type: 'service' },
    data: {
      customerId: id,
      changed: ['groups'],
      group: 'wholesale',
      source: 'manual',
      expiresAt: '2098-12-31T23:00:00.000Z',
      customer: { id, groups: ['wholesale'], version: 2 },
    },
  })
  await app.settled()
  const job = await query<{ id: string }>(
    `select job.id from job join event on event.tenant = job.tenant and event.id = job.payload ->> 'event'
     where job.tenant = $1 and event.customer_id = $2 and event.sequence = 2`,
    [app.tenant, id],
  )
  expect(job).toHaveLength(1)
  expect(app.sent).toContainEqual({ tenant: app.tenant, id: job[0]?.id, kind: 'announce' })
})

test('to add twice is no error, and nothing is told of it', async () => {
  const id = await someone(app)
  const first = await add(id, 'vip')
  const again = await add(id, 'vip')
  expect([again.status, again.headers.get('ETag')]).toEqual([200, 'W/"2"'])
  expect(again.body).toEqual(first.body)
  expect(await eventsOf(app, id)).toHaveLength(2)
})

test('twenty who add the same at once add it once, with one event', async () => {
  const id = await someone(app)
  const answers = await Promise.all(Array.from({ length: 20 }, () => add(id, 'raced')))
  expect(answers.map(({ status }) => status).sort()).toEqual([...Array(19).fill(200), 201])
  const told = await eventsOf(app, id)
  expect(told.map(({ type }) => type)).toEqual(['customer.created', 'customer.group_added'])
})

test('one customer added to twenty groups at once is in all of them, in order', async () => {
  const id = await someone(app)
  const keys = Array.from({ length: 20 }, (_, i) => `g${i}-_`)
  await Promise.all(keys.map((key) => add(id, key)))
  expect(await groupsOf(id)).toEqual([...keys].sort())
  const told = await eventsOf(app, id)
  expect(told.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 21 }, (_, i) => i + 1))
})

test('an addition repeated under its key gets the first answer, byte for byte', async () => {
  const id = await someone(app)
  const send = () =>
    call('POST', `/customer/${id}/group`, {
      body: { group: 'kept' },
      headers: { 'Idempotency-Key': 'k' },
    })
  const first = await send()
  await call('DELETE', `/customer/${id}/group/kept`)
  const again = await send()
  expect([again.status, again.text]).toEqual([201, first.text])
  expect(await groupsOf(id)).toEqual([])
})

test('a shop that makes its groups itself refuses to add to an unknown one', async () => {
  const shop = await startTestApp({ settings: { create_groups_on_assign: false } })
  const id = await someone(shop)
  const options = { body: { group: 'vip' } }
  const refused = await shop.call('POST', `/customer/${id}/group`, options)
  expect([refused.status, refused.body.code]).toEqual([404, 'group_not_found'])
  const bulk = await shop.call('POST', '/group/vip/member', { body: { add: [id] } })
  expect([bulk.status, bulk.body.code]).toEqual([404, 'group_not_found'])
  expect((await shop.call('GET', '/group/vip')).status).toBe(404)
  await shop.call('POST', '/group', { body: { key: 'vip' } })
  expect((await shop.call('POST', `/customer/${id}/group`, options)).status).toBe(201)
})

test('a customer leaves a group, with an event; who is not in it cannot leave it', async () => {
  const id = await someone(app)
  await add(id, 'vip')
  await add(id, 'wholesale')
  const { status } = await call('DELETE', `/customer/${id}/group/vip`)
  expect(status).toBe(204)
  expect(await groupsOf(id)).toEqual(['wholesale'])
  expect((await eventsOf(app, id)).at(-1)).toMatchObject({
    type: 'customer.group_removed',
    sequence: 4,
    data: {
      group: 'vip',
      source: 'manual',
      reason: 'manual',
      changed: ['groups'],
      customer: { groups: ['wholesale'], version: 4 },
    },
  })
  for (const group of ['vip', 'never-was', 'NO KEY', '%00']) {
    const again = await call('DELETE', `/customer/${id}/group/${encodeURI(group)}`)
    expect([again.status, again.body.code], group).toEqual([404, 'membership_not_found'])
  }
  expect(await eventsOf(app, id)).toHaveLength(4)
})

test('of twenty who take the same customer out at once one does', async () => {
  const id = await someone(app)
  await add(id, 'vip')
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => call('DELETE', `/customer/${id}/group/vip`)),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([204, ...Array(19).fill(404)])
  expect(await eventsOf(app, id)).toHaveLength(3)
})

test('a stale reader changes no groups, and is told what changed', async () => {
  const id = await someone(app)
  await add(id, 'vip')
  const stale = { headers: { 'If-Match': 'W/"1"' } }
  for (const answer of [
    await call('POST', `/customer/${id}/group`, { body: { group: 'late' }, ...stale }),
    await call('DELETE', `/customer/${id}/group/vip`, stale),
  ]) {
    expect([answer.status, answer.body.changed]).toEqual([412, ['groups']])
  }
  const fresh = { headers: { 'If-Match': 'W/"2"' } }
  expect((await call('DELETE', `/customer/${id}/group/vip`, fresh)).status).toBe(204)
})

test('shoppers see their own groups and change none', async () => {
  const id = await someone(app)
  await add(id, 'vip')
  const token = await app.shopperToken(id)
  for (const who of ['me', id]) {
    const { status, body } = await call('GET', `/customer/${who}/group`, { token })
    expect([status, body.data[0].key]).toEqual([200, 'vip'])
    for (const answer of [
      await call('POST', `/customer/${who}/group`, { token, body: { group: 'staff' } }),
      await call('DELETE', `/customer/${who}/group/vip`, { token }),
    ]) {
      expect([answer.status, answer.body.code]).toEqual([403, 'caller_not_allowed'])
    }
  }
  const other = await call('GET', `/customer/${await someone(app)}/group`, { token })
  expect(other.status).toBe(403)
  expect(await groupsOf(id)).toEqual(['vip'])
})

test('to know a customer is not enough to change its groups', async () => {
  const id = await someone(app)
  const token = await app.tokenWith('customer:read customer:write')
  const added = await call('POST', `/customer/${id}/group`, { token, body: { group: 'vip' } })
  expect([added.status, added.body.code]).toEqual([403, 'insufficient_scope'])
  const removed = await call('DELETE', `/customer/${id}/group/vip`, { token })
  expect([removed.status, removed.body.code]).toEqual([403, 'insufficient_scope'])
})

test('who may change groups learns nothing of a customer but its groups', async () => {
  const id = await someone(app)
  const token = await app.tokenWith('group:write')
  const { text } = await call('POST', `/customer/${id}/group`, { token, body: { group: 'vip' } })
  expect(text).not.toContain('example.com')
  expect((await call('GET', `/customer/${id}/group`, { token })).status).toBe(403)
})

test('an unknown, an unspeakable, a deleted and a foreign customer answer alike', async () => {
  const [gone, foreign] = [await someone(app), await someone(app)]
  await add(gone, 'vip')
  await call('DELETE', `/customer/${gone}`)
  const ids = [newId('customer', new Date()), 'nobody', gone]
  for (const [method, suffix, body] of [
    ['GET', '/group', undefined],
    ['POST', '/group', { group: 'vip' }],
    ['DELETE', '/group/vip', undefined],
  ] as const) {
    const answers = [
      ...(await Promise.all(ids.map((id) => call(method, `/customer/${id}${suffix}`, { body })))),
      await call(method, `/customer/${foreign}${suffix}`, { body, token: app.tokens.stranger }),
    ]
    const texts = answers.map(({ text, body: { requestId } }) => text.replace(requestId, ''))
    expect(new Set(texts).size, `${method} ${suffix}`).toBe(1)
    expect(answers[0]?.body.code).toBe('customer_not_found')
  }
  const left = await query('select from membership where tenant = $1 and customer_id = $2', [
    app.tenant,
    gone,
  ])
  expect(left).toHaveLength(0)
})

test('a merged customer answers with the groups of its survivor, and is not written to', async () => {
  const [survivor, merged] = [await someone(app), await someone(app)]
  await add(survivor, 'vip')
  await query(
    `update customer set status = 'merged', merged_into = $3 where tenant = $1 and id = $2`,
    [app.tenant, merged, survivor],
  )
  const { body, headers } = await call('GET', `/customer/${merged}/group`)
  expect(body.data.map(({ key }: { key: string }) => key)).toEqual(['vip'])
  expect(headers.get('Content-Location')).toBe(`/customer/${survivor}/group`)
  for (const answer of [
    await add(merged, 'late'),
    await call('DELETE', `/customer/${merged}/group/vip`),
  ]) {
    expect([answer.status, answer.body.code]).toEqual([409, 'customer_merged'])
  }
  const bulk = await call('POST', '/group/vip/member', { body: { add: [merged] } })
  expect(bulk.body).toEqual({ added: 0, removed: 0, unchanged: 0, keptByRule: 0, notFound: 1 })
})

test('an end that is past, that is no moment or has no zone is refused', async () => {
  const id = await someone(app)
  const past = await add(id, 'vip', { expiresAt: inDays(-1) })
  expect([past.status, past.body.errors[0]]).toEqual([
    422,
    { path: 'expiresAt', code: 'in_the_past', message: 'Must lie in the future.' },
  ])
  for (const expiresAt of ['tomorrow', '2099-01-01', '2099-01-01T00:00:00', 5, '']) {
    const { status, body } = await add(id, 'vip', { expiresAt })
    expect([status, body.code], String(expiresAt)).toEqual([422, 'invalid_input'])
  }
  expect(await groupsOf(id)).toEqual([])
})

test('a membership ends when its time is over, with an event of the system', async () => {
  const shop = await startTestApp()
  const [id, other] = [await someone(shop), await someone(shop)]
  const end = new Date(shop.runtime.now().getTime() + HALF_AN_HOUR).toISOString()
  for (const [who, group, expiresAt] of [
    [id, 'trial', end],
    [id, 'trial-too', end],
    [id, 'later', new Date(shop.runtime.now().getTime() + DAY).toISOString()],
    [id, 'vip', undefined],
    [other, 'trial', null],
  ] as const) {
    await shop.call('POST', `/customer/${who}/group`, { body: { group, expiresAt } })
  }
  await shop.cron()
  expect((await shop.call('GET', `/customer/${id}`)).body.groups).toHaveLength(4)
  shop.advance(HALF_AN_HOUR + 1000)
  await shop.cron()
  expect((await shop.call('GET', `/customer/${id}`)).body.groups).toEqual(['later', 'vip'])
  expect((await shop.call('GET', `/customer/${other}`)).body.groups).toEqual(['trial'])
  const told = (await eventsOf(shop, id)).slice(-2)
  expect(told).toMatchObject([
    {
      sequence: 6,
      actor: { type: 'system', id: 'expire-memberships' },
      data: {
        group: 'trial',
        reason: 'expired',
        source: 'manual',
        customer: { groups: ['later', 'vip'] },
      },
    },
    { sequence: 7, data: { group: 'trial-too', reason: 'expired' } },
  ])
  await shop.cron()
  expect(await eventsOf(shop, id)).toHaveLength(7)
})

test('another end is a change, and told; the same end, and none, are not', async () => {
  const id = await someone(app)
  await add(id, 'vip', { expiresAt: inDays(1) })
  const later = inDays(2)
  const prolonged = await add(id, 'vip', { expiresAt: later })
  expect([prolonged.status, prolonged.body.expiresAt]).toEqual([200, later])
  expect((await eventsOf(app, id)).at(-1)).toMatchObject({
    type: 'customer.updated',
    data: { changed: ['groups'], group: 'vip', expiresAt: later },
  })
  const told = (await eventsOf(app, id)).length
  await add(id, 'vip', { expiresAt: later })
  expect((await add(id, 'vip')).body.expiresAt).toBe(later)
  expect(await eventsOf(app, id)).toHaveLength(told)
  expect((await add(id, 'vip', { expiresAt: null })).body.expiresAt).toBeNull()
  expect(await eventsOf(app, id)).toHaveLength(told + 1)
})

test('who is added again in the minute after the end stays', async () => {
  const shop = await startTestApp()
  const id = await someone(shop)
  const body = {
    group: 'trial',
    expiresAt: new Date(shop.runtime.now().getTime() + HALF_AN_HOUR).toISOString(),
  }
  await shop.call('POST', `/customer/${id}/group`, { body })
  shop.advance(HALF_AN_HOUR + 1000)
  const again = await shop.call('POST', `/customer/${id}/group`, { body: { group: 'trial' } })
  expect([again.status, again.body.expiresAt]).toEqual([200, null])
  await shop.cron()
  expect((await shop.call('GET', `/customer/${id}`)).body.groups).toEqual(['trial'])
})

test('a customer with many groups shows them in pages', async () => {
  const id = await someone(app)
  const keys = Array.from({ length: 7 }, (_, i) => `many-${i}`)
  for (const key of keys) await add(id, key)
  const first = await call('GET', `/customer/${id}/group?limit=4&count=capped`)
  expect(first.body.pagination).toMatchObject({ hasMore: true, total: 7, totalIsExact: true })
  const cursor = first.body.pagination.nextCursor
  const second = await call('GET', `/customer/${id}/group?limit=4&cursor=${cursor}`)
  expect(second.body.pagination).toMatchObject({ hasMore: false, nextCursor: null })
  const seen = [...first.body.data, ...second.body.data].map(({ key }) => key)
  expect(seen).toEqual(keys)
  const other = await someone(app)
  const foreign = await call('GET', `/customer/${other}/group?cursor=${cursor}`)
  expect([foreign.status, foreign.body.code]).toEqual([422, 'invalid_cursor'])
})
