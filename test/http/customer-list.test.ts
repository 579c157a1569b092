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
