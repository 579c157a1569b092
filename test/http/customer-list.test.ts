import { expect, test } from 'vitest'
import { startTestApp } from '../support/app.ts'

const app = await startTestApp()
const { call } = app

const names = ['Ada', 'Bea', 'Cid', 'Dan', null] as const
for (const [i, lastName] of names.entries()) {
  app.advance(1000)
  await call('POST', '/customer', { body: { email: `p${i}@example.com`, lastName } })
}
const emails = (body: { data: { email: string }[] }) =>
  body.data.map(({ email }) => email.slice(0, 2)).join(' ')

test('a list shows the newest first, with whole customers', async () => {
  const { status, body } = await call('GET', '/customer')
  expect(status).toBe(200)
  expect(emails(body)).toBe('p4 p3 p2 p1 p0')
  expect(body.pagination).toEqual({ limit: 20, hasMore: false, nextCursor: null })
  expect(body.data[0]).toEqual((await call('GET', `/customer/${body.data[0].id}`)).body)
})

test('a page shows each customer as a look at it does: its addresses, its defaults, what it spent in each currency', async () => {
  const path = `/customer/${(await call('POST', '/customer', { body: { email: 'q@example.com' } })).body.id}`
  const address = { city: 'San Francisco', state: 'CA', postalCode: '94102', country: 'US' }
  for (const [line1, defaultFor] of [
    ['1 Main "St"', ['shipping']],
    ['2 Main St', ['billing']],
    ['3 Main \\ St', []],
  ]) {
    await call('POST', `${path}/address`, { body: { ...address, line1, defaultFor } })
  }
  for (const [i, currency] of ['USD', 'EUR', 'JPY', 'USD'].entries()) {
    const order = { total: 100 + i, refunded: i, currency, state: 'paid', version: 1 }
    const placedAt = '2024-06-01T08:00:00Z'
    const { status } = await call('PUT', `${path}/order/o${i}`, { body: { ...order, placedAt } })
    expect(status).toBe(200)
  }
  await call('POST', `${path}/group`, { body: { group: 'many' } })
  const { body } = await call('GET', path)
  expect(body.spent).toHaveLength(3)
  expect(body.addresses).toHaveLength(3)
  expect((await call('GET', '/customer?limit=1')).body.data).toEqual([body])
  expect((await call('GET', '/customer?limit=1&group=many')).body.data).toEqual([body])
  expect((await call('DELETE', path)).status).toBe(204)
})

test('pages follow one another by their cursors, those without a last name at the end both ways', async () => {
  for (const [sort, expected] of [
    ['lastName:asc', 'p0 p1 p2 p3 p4'],
    ['lastName:desc', 'p3 p2 p1 p0 p4'],
    ['lastOrderAt:asc', 'p0 p1 p2 p3 p4'],
    ['email:desc', 'p4 p3 p2 p1 p0'],
  ]) {
    const seen: string[] = []
    let cursor = ''
    do {
      const { body, status } = await call(
        'GET',
        `/customer?limit=2&sort=${sort}${cursor}&count=capped`,
      )
      expect([status, body.code]).toEqual([200, undefined])
      expect(body.pagination).toMatchObject({ total: 5, totalIsExact: true })
      if (body.data.length > 0) seen.push(emails(body))
      cursor = body.pagination.nextCursor === null ? '' : `&cursor=${body.pagination.nextCursor}`
    } while (cursor)
    expect(seen.join(' ')).toBe(expected)
  }
})

test('each filter', async () => {
  for (const [filter, expected] of [
    ['email=P1@example.com', 'p1'],
    ['q=da', 'p3'],
    ['q=p2@', 'p2'],
    ['status=unverified&q=d', 'p3'],
    ['status=merged', ''],
    ['minOrders=1', ''],
    ['maxOrders=0&maxSpent=0&q=c', 'p2'],
    ['group=vip&group=x', ''],
    ['country=us', ''],
    ['createdAfter=-1d&createdBefore=2200-01-01&q=a', 'p0'],
    ['lastOrderBefore=2200-01-01', ''],
    ['externalId=x', ''],
    ['groupMode=all&group=x&updatedAfter=-1h', ''],
  ]) {
    const { body, status } = await call('GET', `/customer?${filter}`)
    expect([filter, status, body.errors]).toEqual([filter, 200, undefined])
    expect([filter, emails(body)]).toEqual([filter, expected])
  }
})
