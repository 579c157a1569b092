import { expect, test } from 'vitest'
import { Commerce, etagOf } from '../../src/sdk/index.ts'
import { startTestApp } from '../support/app.ts'
import { caughtUp } from '../support/caught-up.ts'

const app = await startTestApp()
const baseUrl = 'http://customer.test'
const fetch = (url: string, init: RequestInit) => app.request(url.slice(baseUrl.length), init)
const commerce = new Commerce({
  baseUrl,
  fetch,
  clientId: `${app.tenant}-service`,
  clientSecret: 'secret',
})

let people = 0
const someone = () => ({ email: `sdk${++people}@example.com`, firstName: 'Jane', lastName: 'Doe' })

test('a service registers, reads, changes and deletes a customer', async () => {
  const input = someone()
  const customer = await commerce.customers.create({ ...input, password: 'correct horse battery' })
  expect(customer).toMatchObject({ ...input, status: 'unverified' })
  expect(await commerce.customers.retrieve(customer.id)).toEqual(customer)
  const changed = await commerce.customers.update(customer.id, { metadata: { size: 'L' } })
  expect(changed.metadata).toEqual({ size: 'L' })
  await commerce.customers.delete(customer.id)
  await expect(commerce.customers.retrieve(customer.id)).rejects.toMatchObject({
    code: 'customer_not_found',
    status: 404,
    requestId: expect.stringMatching(/^req_/),
  })
})

test('the same address again is refused, or found', async () => {
  const input = someone()
  const customer = await commerce.customers.create(input)
  await expect(commerce.customers.create(input)).rejects.toMatchObject({ code: 'email_taken' })
  expect(await commerce.customers.findOrCreate(input)).toEqual(customer)
})

test('what is wrong with which field is told', async () => {
  await expect(commerce.customers.create({ email: 'nobody' })).rejects.toMatchObject({
    code: 'invalid_input',
    status: 422,
    errors: [{ path: 'email', code: 'invalid_email' }],
  })
})

test('a change is made only to what was read', async () => {
  const read = await commerce.customers.create(someone())
  expect(etagOf(read)).toBe('W/"1"')
  const changed = await commerce.customers.update(read.id, { firstName: 'J' }, { ifMatch: read })
  await expect(
    commerce.customers.update(read.id, { lastName: 'D' }, { ifMatch: read }),
  ).rejects.toMatchObject({ code: 'precondition_failed', changed: ['firstName'] })
  await commerce.customers.delete(read.id, { ifMatch: changed })
})

test('a registration whose answer is lost is made once', async () => {
  const input = someone()
  let losses = 0
  const lossy = async (url: string, init: RequestInit) => {
    const response = await fetch(url, init)
    if (url.endsWith('/customer') && losses++ === 0) throw new TypeError('fetch failed')
    return response
  }
  const unlucky = new Commerce({ baseUrl, fetch: lossy, token: app.tokens.service })
  const customer = await unlucky.customers.create(input)
  expect(losses).toBe(2)
  expect(customer.email).toBe(input.email)
  expect((await commerce.customers.list({ email: input.email })).data).toEqual([customer])
})

test('a shopper reads and changes its own account and addresses', async () => {
  const { id } = await commerce.customers.create(someone())
  const shopper = new Commerce({ baseUrl, fetch })
  shopper.setToken(await app.shopperToken(id))
  expect((await shopper.customers.me()).id).toBe(id)
  expect(await shopper.customers.update({ firstName: 'Own' })).toMatchObject({ firstName: 'Own' })
  const home = await shopper.customers.addAddress({
    label: 'Home',
    line1: '123 Main St',
    city: 'San Francisco',
    state: 'CA',
    postalCode: '94102',
    country: 'US',
  })
  const work = await commerce.customers.addAddress(id, {
    line1: '1 Rue X',
    city: 'Paris',
    postalCode: '75001',
    country: 'FR',
  })
  expect(home.isDefault).toBe(true)
  const moved = await shopper.customers.updateAddress('me', work.id, { isDefault: true })
  expect(moved.defaultFor).toEqual(['shipping', 'billing'])
  const listed: string[] = []
  for await (const address of shopper.customers.listAddresses()) listed.push(address.id)
  expect(listed.sort()).toEqual([home.id, work.id].sort())
  await shopper.customers.removeAddress('me', work.id)
  expect((await commerce.customers.listAddresses(id)).data).toMatchObject([{ id: home.id }])
  await expect(shopper.customers.disable(id)).rejects.toMatchObject({ code: 'caller_not_allowed' })
})

test('a disabled customer is enabled again', async () => {
  const { id } = await commerce.customers.create(someone())
  expect(await commerce.customers.disable(id, { reason: 'fraud' })).toMatchObject({
    status: 'disabled',
  })
  expect(await commerce.customers.disable(id)).toMatchObject({ status: 'disabled' })
  expect(await commerce.customers.enable(id)).toMatchObject({ status: 'unverified' })
})

test('all of many are gone through, page by page', async () => {
  const made = await Promise.all(
    Array.from({ length: 5 }, () => commerce.customers.create({ ...someone(), lastName: 'Pages' })),
  )
  const seen: string[] = []
  for await (const { id } of commerce.customers.list({ q: 'pages', limit: 2 })) seen.push(id)
  expect(seen.sort()).toEqual(made.map(({ id }) => id).sort())
})

test('groups are made, filled and emptied', async () => {
  const [first, second] = [
    await commerce.customers.create(someone()),
    await commerce.customers.create(someone()),
  ]
  const group = await commerce.groups.create({ key: 'sdk-vip', name: 'VIP' })
  expect(await commerce.groups.retrieve('sdk-vip')).toEqual(group)
  await expect(commerce.groups.create({ key: 'sdk-vip' })).rejects.toMatchObject({
    code: 'group_taken',
  })
  expect(await commerce.customers.addToGroup(first.id, 'sdk-vip')).toMatchObject({ key: 'sdk-vip' })
  expect(
    await commerce.groups.changeMembers('sdk-vip', { add: [first.id, second.id] }),
  ).toMatchObject({ added: 1, unchanged: 1 })
  const members: string[] = []
  for await (const { customerId } of commerce.groups.listMembers('sdk-vip', { limit: 1 })) {
    members.push(customerId)
  }
  expect(members.sort()).toEqual([first.id, second.id].sort())
  expect((await commerce.customers.listGroups(first.id)).data).toMatchObject([{ key: 'sdk-vip' }])
  expect((await commerce.customers.list({ group: 'sdk-vip' })).data).toHaveLength(2)
  await commerce.customers.removeFromGroup(first.id, 'sdk-vip')
  expect((await commerce.customers.retrieve(first.id)).groups).toEqual([])
  const renamed = await commerce.groups.update('sdk-vip', { name: null }, { ifMatch: group })
  expect(renamed.name).toBeNull()
  await commerce.groups.delete('sdk-vip')
  const left = (await commerce.groups.list()).data.map(({ key }) => key)
  expect(left).not.toContain('sdk-vip')
})

test('orders are recorded by version, counted and explained', async () => {
  const { id } = await commerce.customers.create(someone())
  const placedAt = '2026-01-02T03:04:05.000Z'
  const order = { total: 2500, currency: 'USD', state: 'paid', placedAt, version: 2 } as const
  const orderId = `order/${id}`
  expect(await commerce.customers.recordOrder(id, orderId, order)).toMatchObject({ applied: true })
  expect(await commerce.customers.recordOrder(id, orderId, order)).toMatchObject({ applied: false })
  expect((await commerce.customers.listOrders(id)).data).toMatchObject([
    { id: orderId, total: 2500 },
  ])
  expect(await commerce.customers.stats(id)).toMatchObject({ orderCount: 1, totalSpent: 2500 })
  const { explain } = await commerce.customers.stats(id, { explain: true })
  expect(explain?.orderCount).toEqual([orderId])
  const read = await commerce.customers.findOrder(orderId)
  const record = (version: number) =>
    commerce.customers.recordOrder(id, orderId, { ...order, version }, { ifMatch: read })
  expect(await record(3)).toMatchObject({ applied: true })
  await expect(record(4)).rejects.toMatchObject({ code: 'precondition_failed' })
})

test('the feed is followed from the last event that was seen', async () => {
  const { id } = await commerce.customers.create(someone())
  await commerce.customers.update(id, { firstName: 'Else' })
  await caughtUp()
  const all = []
  for await (const event of commerce.events.list({ customer: id, limit: 1 })) all.push(event)
  expect(all.map(({ type }) => type)).toEqual(['customer.created', 'customer.updated'])
  const after = all[0]?.id
  expect((await commerce.events.list({ customer: id, after })).data).toEqual(all.slice(1))
  const timeline = await commerce.customers.listEvents(id)
  expect(timeline.data.map(({ id }) => id)).toEqual(all.map(({ id }) => id).reverse())
})

test('a guest is previewed, merged, and parted again', async () => {
  const { id } = await commerce.customers.create(someone())
  const input = someone()
  const guest = await commerce.customers.guest(input)
  expect(await commerce.customers.guest({ ...input, firstName: 'Other' })).toEqual(guest)
  const { planId } = await commerce.customers.previewMerge(id, guest.id)
  const merge = await commerce.customers.merge(id, { from: guest.id, planId })
  expect(merge).toMatchObject({ state: 'done', survivorId: id, mergedId: guest.id })
  expect(await commerce.customers.retrieve(guest.id)).toMatchObject({ id, mergedFrom: guest.id })
  const listed = await commerce.merges.list({ customer: id })
  expect(listed.data.map(({ id }) => id)).toEqual([merge.id])
  expect(await commerce.merges.retrieve(merge.id)).toMatchObject({ id: merge.id })
  expect(await commerce.merges.undo(merge.id)).toMatchObject({ state: 'undone' })
  expect(await commerce.customers.retrieve(guest.id)).toMatchObject({ status: 'guest' })
})

test('a webhook is set up, changed, rotated and removed', async () => {
  const { secret, ...made } = await commerce.webhooks.create({
    url: 'https://example.com/hooks',
    events: ['customer.*'],
  })
  expect(secret).toMatch(/^whsec_/)
  expect(await commerce.webhooks.retrieve(made.id)).toEqual(made)
  const changed = await commerce.webhooks.update(made.id, { status: 'disabled' })
  expect(changed.status).toBe('disabled')
  expect((await commerce.webhooks.rotateSecret(made.id)).secret).not.toBe(secret)
  expect((await commerce.webhooks.list()).data.map(({ id }) => id)).toContain(made.id)
  expect((await commerce.webhooks.listDeliveries(made.id)).data).toEqual([])
  await commerce.webhooks.delete(made.id)
  await expect(commerce.webhooks.retrieve(made.id)).rejects.toMatchObject({
    code: 'webhook_not_found',
  })
})
