import { describe, expect, test } from 'vitest'
import { startTestApp } from '../support/app.ts'
import { shopIn } from '../support/shop.ts'
import { sql } from '../support/sql.ts'

const app = await startTestApp({ settings: { metadata_filter_keys: ['tier'] } })
const { call, tokens } = app
const { account, guest, record, merge } = shopIn(app)

const people: string[] = []
for (let n = 0; n < 5; n++) {
  const made = await account({ firstName: 'Sam', lastName: `Ple${n}`, metadata: { tier: 'gold' } })
  people.push(made.id)
}
await account({ firstName: 'Sam', metadata: { tier: 'silver' } })

const search = (body: unknown, options: object = {}) =>
  call('POST', '/customer/search', { body, ...options })

describe('the list of customers by a body', () => {
  test('is that by a URL, page by page, and a cursor of one is good in the other', async () => {
    const gold = { q: 'sam', metadata: { tier: 'gold' }, sort: 'lastName:desc', limit: 2 }
    const url = `/customer?q=sam&metadata.tier=gold&sort=lastName:desc&limit=2`
    const pages: string[][] = []
    for (let cursor: string | null = null, n = 0; n === 0 || cursor !== null; n++) {
      const byUrl = await call('GET', cursor === null ? url : `${url}&cursor=${cursor}`)
      const byBody = await search(cursor === null ? gold : { ...gold, cursor })
      expect([byUrl.status, byUrl.body.data]).toEqual([200, byBody.body.data])
      pages.push(byBody.body.data.map(({ id }: { id: string }) => id))
      const { nextCursor }: { nextCursor: string | null } = (n % 2 ? byUrl : byBody).body.pagination
      cursor = nextCursor
    }
    expect(pages).toEqual(
      [people.slice(3), people.slice(1, 3), people.slice(0, 1)].map((p) => p.toReversed()),
    )
  })

  test('an empty body lists all; typed values are taken', async () => {
    expect((await search({})).body.data).toHaveLength(6)
    expect((await search({ 'metadata.tier': 'silver' })).body.data).toHaveLength(1)
    const body = { minOrders: 0, hasOrders: false, status: ['guest', 'unverified'], count: 'exact' }
    expect((await search(body)).body.pagination).toMatchObject({ total: 6, totalIsExact: true })
    expect((await search({ id: people[0], limit: 1 })).body.data).toMatchObject([{ id: people[0] }])
  })

  test.each([
    [{ name: 'sam' }, 'name unknown_field'],
    [{ q: 'sam', metadata: { other: 'a' } }, 'metadata.other not_declared'],
    [{ metadata: 'gold' }, 'metadata invalid_metadata'],
    [{ 'metadata.tier': 'gold', metadata: { tier: 'a' } }, '* unknown_field'],
    [{ minOrders: '1' }, 'minOrders invalid_type'],
    [{ hasOrders: 'true' }, 'hasOrders invalid_type'],
    [{ limit: 101 }, 'limit too_big'],
    [{ sort: 'name:asc' }, 'sort invalid_value'],
    [{ group: [''] }, 'group.0 too_small'],
    [{ consent: 'marketing' }, 'consent invalid_format'],
    [[], ' invalid_type'],
  ])('%o is refused', async (body, problem) => {
    const answer = await search(body)
    const [error] = answer.body.errors ?? []
    expect([answer.status, `${error?.path} ${error?.code}`]).toEqual([422, problem])
  })

  test('a cursor belongs to its filters', async () => {
    const { nextCursor } = (await search({ q: 'sam', limit: 1 })).body.pagination
    const other = await search({ q: 'sa', limit: 1, cursor: nextCursor })
    expect([other.status, other.body.code]).toEqual([422, 'invalid_cursor'])
  })

  test('it writes nothing and takes no key: the same key again is answered anew', async () => {
    const headers = { 'Idempotency-Key': 'search-1' }
    const first = await search({ q: 'sam', limit: 1 }, { headers })
    const again = await search({ q: 'ple1', limit: 1 }, { headers })
    expect([first.status, again.status]).toEqual([200, 200])
    expect(again.headers.get('Idempotent-Replayed')).toBeNull()
    const [rows] = await app.db.run([sql`select from idempotency where tenant = ${app.tenant}`])
    expect(rows).toEqual([])
  })

  test('only a service with customer:read may search', async () => {
    const ask = async (token: string) => (await search({}, { token })).status
    expect(await ask(tokens.storefront)).toBe(403)
    expect((await search({ q: 'sam' }, { token: tokens.stranger })).body.data).toEqual([])
  })
})

describe('an order is looked up', () => {
  const find = (id: string, options: object = {}) => call('GET', `/order/${id}`, options)

  test('with its customer', async () => {
    const { id } = await account({ firstName: 'Ann' })
    await record(id, 'look-1', { refunded: 100 })
    const { status, body } = await find('look-1')
    expect([status, body]).toEqual([
      200,
      {
        id: 'look-1',
        customerId: id,
        currency: 'USD',
        total: 1000,
        refunded: 100,
        state: 'paid',
        placedAt: '2026-06-01T08:00:00.000Z',
        version: 1,
        recordedAt: expect.any(String),
        customer: (await call('GET', `/customer/${id}`)).body,
      },
    ])
  })

  test('of a merged customer with the survivor, and with the guest again after an undo', async () => {
    const [{ id }, from] = [await account(), await guest()]
    await record(from.id, 'look-2')
    const owner = async () => (await find('look-2')).body.customer.id
    expect(await owner()).toBe(from.id)
    const { body } = await merge(id, from.id)
    expect(await owner()).toBe(id)
    await call('POST', `/merge/${body.id}/undo`)
    expect(await owner()).toBe(from.id)
  })

  test('not of a deleted customer, of another tenant, or of nobody; without its person, of an erased one', async () => {
    const { id } = await account()
    await record(id, 'look-3')
    expect((await find('look-3')).status).toBe(200)
    const refusal = async (orderId: string, options?: object) => {
      const { status, body } = await find(orderId, options)
      return [status, body.code]
    }
    expect(await refusal('look-3', { token: tokens.stranger })).toEqual([404, 'order_not_found'])
    expect(await refusal('look-4')).toEqual([404, 'order_not_found'])
    expect(await refusal('a%20b')).toEqual([422, 'invalid_input'])
    await app.db.run([
      sql`update customer set status = 'erased' where tenant = ${app.tenant} and id = ${id}`,
    ])
    expect((await find('look-3')).body).toMatchObject({ id: 'look-3', customer: null })
    await app.db.run([
      sql`update customer set status = 'deleted' where tenant = ${app.tenant} and id = ${id}`,
    ])
    expect(await refusal('look-3')).toEqual([404, 'order_not_found'])
    expect((await find('look-3', { token: tokens.storefront })).status).toBe(403)
  })
})
