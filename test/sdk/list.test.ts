import { expect, test } from 'vitest'
import { answers, refuses, scripted } from './script.ts'

const page = (ids: readonly string[], nextCursor: string | null) =>
  answers(200, {
    data: ids.map((id) => ({ id })),
    pagination: { limit: 2, hasMore: nextCursor !== null, nextCursor },
  })

test('iterating goes through every page, over empty ones too', async () => {
  const { commerce, sent } = scripted([page(['a', 'b'], 'c1'), page([], 'c2'), page(['c'], null)])
  const ids: string[] = []
  for await (const { id } of commerce.customers.list({ group: ['vip', 'b2b'], limit: 2 })) {
    ids.push(id)
  }
  expect(ids).toEqual(['a', 'b', 'c'])
  expect(sent.map(({ path }) => path)).toEqual([
    '/customer?group=vip&group=b2b&limit=2',
    '/customer?group=vip&group=b2b&limit=2&cursor=c1',
    '/customer?group=vip&group=b2b&limit=2&cursor=c2',
  ])
})

test('metadata is asked for by its keys', async () => {
  const { commerce, sent } = scripted([page([], null)])
  await commerce.customers.list({
    metadata: { tier: 'gold', 'price-list': 'b2b' },
    hasOrders: false,
  })
  expect(sent.map(({ path }) => path)).toEqual([
    '/customer?metadata.tier=gold&metadata.price-list=b2b&hasOrders=false',
  ])
})

test('a search sends its query in the body, page by page, and may be sent again', async () => {
  const { commerce, sent } = scripted([
    page(['a'], 'c1'),
    refuses(503, 'database_unavailable'),
    page(['b'], null),
  ])
  const ids: string[] = []
  for await (const { id } of commerce.customers.search({ q: 'felix 10115', limit: 1 })) ids.push(id)
  expect(ids).toEqual(['a', 'b'])
  const first = '{"q":"felix 10115","limit":1}'
  const next = '{"q":"felix 10115","limit":1,"cursor":"c1"}'
  expect(sent.map(({ method, path, body }) => [method, path, body])).toEqual(
    [first, next, next].map((body) => ['POST', '/customer/search', body]),
  )
  expect(sent.every(({ headers }) => !headers.has('Idempotency-Key'))).toBe(true)
})

test('awaiting gives the first page and asks for no other', async () => {
  const { commerce, sent } = scripted([page(['a'], 'c1')])
  const { data, pagination } = await commerce.customers.list()
  expect(data).toEqual([{ id: 'a' }])
  expect(pagination.nextCursor).toBe('c1')
  expect(sent).toHaveLength(1)
})

test('pages can be gone through as pages; who stops early asks for no more', async () => {
  const { commerce, sent } = scripted([page([], 'c1'), page(['a'], 'c2')])
  for await (const { data } of commerce.customers.list().pages()) {
    expect(data).toEqual([{ id: 'a' }])
    break
  }
  expect(sent).toHaveLength(2)
})

test('a refusal reaches who iterates', async () => {
  const { commerce } = scripted([page(['a'], 'c1'), refuses(422, 'invalid_cursor')])
  const reading = (async () => {
    for await (const _ of commerce.customers.list());
  })()
  await expect(reading).rejects.toMatchObject({ code: 'invalid_cursor' })
})
