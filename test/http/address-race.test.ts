import { expect, test } from 'vitest'
import { bookOf, customerRow } from '../support/address-book.ts'
import { startTestApp } from '../support/app.ts'

const app = await startTestApp()
const { call } = app

const street = (i: number) => ({ line1: `${i} Main St`, country: 'AQ' })
const times = <T>(n: number, request: (i: number) => Promise<T>) =>
  Promise.all(Array.from({ length: n }, (_, i) => request(i)))
const codes = (answers: { status: number; body: { code?: string } }[]) =>
  answers.map(({ status, body }) => (status < 300 ? status : body.code)).sort()
const copies = <T>(n: number, it: T): T[] => Array.from({ length: n }, () => it)

test('thirty who add at once to a book of ten get ten in, with one default for each purpose', async () => {
  const id = await customerRow(app)
  const answers = await times(30, (i) =>
    call('POST', `/customer/${id}/address`, { body: { ...street(i), isDefault: i % 3 === 0 } }),
  )
  expect(codes(answers)).toEqual([...copies(10, 201), ...copies(20, 'address_limit_reached')])
  const { customer, addresses } = await bookOf(app, id)
  expect(addresses).toHaveLength(10)
  expect(customer).toMatchObject({ sequence: 10, events: 10, version: 11 })
  const { data } = (await call('GET', `/customer/${id}/address`)).body
  const purposes = data.flatMap((address: { defaultFor: string[] }) => address.defaultFor)
  expect(purposes.sort()).toEqual(['billing', 'shipping'])
})

test('twenty who add the same at once make one address and one event, also in the last place', async () => {
  const id = await customerRow(app)
  await times(9, (i) => call('POST', `/customer/${id}/address`, { body: street(i) }))
  const answers = await times(20, (i) =>
    call('POST', `/customer/${id}/address`, {
      body: { ...street(10), line1: i % 2 ? '10 MAIN ST' : '10, Main St.' },
    }),
  )
  expect(codes(answers)).toEqual([...copies(19, 200), 201])
  expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1)
  expect((await bookOf(app, id)).customer.events).toBe(10)
})

test('twenty at once under one key add one address, and all get the first answer or wait in vain', async () => {
  const id = await customerRow(app)
  const answers = await times(20, () =>
    call('POST', `/customer/${id}/address`, {
      body: street(1),
      headers: { 'Idempotency-Key': 'one' },
    }),
  )
  const made = answers.filter(({ status }) => status === 201)
  expect(new Set(made.map(({ text }) => text)).size).toBe(1)
  const others = answers.filter(({ status }) => status !== 201)
  expect(codes(others)).toEqual(copies(others.length, 'idempotency_key_in_use'))
  expect((await bookOf(app, id)).addresses).toHaveLength(1)
})

test('many who want different defaults at once leave one holder of each', async () => {
  const id = await customerRow(app)
  const made = await times(5, (i) => call('POST', `/customer/${id}/address`, { body: street(i) }))
  const wishes = [{ isDefault: true }, { defaultFor: ['shipping'] }, { defaultFor: ['billing'] }]
  const answers = await times(15, (i) =>
    call('PATCH', `/customer/${id}/address/${made[i % 5]?.body.id}`, { body: wishes[i % 3] }),
  )
  expect(codes(answers)).toEqual(copies(15, 200))
  const { data } = (await call('GET', `/customer/${id}/address`)).body
  const purposes = data.flatMap((address: { defaultFor: string[] }) => address.defaultFor)
  expect(purposes.sort()).toEqual(['billing', 'shipping'])
})

test('two who change into one another, or into the same, do not meet', async () => {
  const id = await customerRow(app)
  const made = await times(4, (i) => call('POST', `/customer/${id}/address`, { body: street(i) }))
  const answers = await Promise.all(
    made.map(({ body }) =>
      call('PATCH', `/customer/${id}/address/${body.id}`, { body: { line1: '99 Main St' } }),
    ),
  )
  expect(codes(answers)).toEqual([200, ...copies(3, 'address_exists')])
})

test('of two who read the same version one is refused', async () => {
  const id = await customerRow(app)
  const { body, headers } = await call('POST', `/customer/${id}/address`, { body: street(1) })
  const answers = await times(2, (i) =>
    call('PATCH', `/customer/${id}/address/${body.id}`, {
      body: { label: `Number ${i}` },
      headers: { 'If-Match': headers.get('ETag') ?? '' },
    }),
  )
  expect(codes(answers)).toEqual([200, 'precondition_failed'])
})

test('removing all addresses at once, each twice, leaves none and appends one event for each', async () => {
  const id = await customerRow(app)
  const made = await times(6, (i) => call('POST', `/customer/${id}/address`, { body: street(i) }))
  const answers = await times(12, (i) =>
    call('DELETE', `/customer/${id}/address/${made[i % 6]?.body.id}`),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([...copies(6, 204), ...copies(6, 404)])
  const { customer, addresses } = await bookOf(app, id)
  expect(addresses).toEqual([])
  expect(customer).toMatchObject({
    default_shipping_id: null,
    default_billing_id: null,
    events: 12,
  })
})

test('an answer lost on the way is found again under its key, and one that never left is made', async () => {
  const id = await customerRow(app)
  for (const [at, key] of [
    ['after', 'lost'],
    ['before', 'never'],
  ] as const) {
    const request = () =>
      call('POST', `/customer/${id}/address`, {
        body: { line1: key, country: 'AQ' },
        headers: { 'Idempotency-Key': key },
      })
    app.wire.faults.add({ at, do: 'cut' })
    const lost = await request()
    expect([lost.status, lost.body.code]).toEqual([503, 'database_unavailable'])
    const again = await request()
    expect(again.status).toBe(201)
    expect(again.headers.get('Idempotent-Replayed')).toBe(at === 'after' ? 'true' : null)
  }
  const { customer, addresses } = await bookOf(app, id)
  expect(addresses).toHaveLength(2)
  expect(customer.events).toBe(2)
})
