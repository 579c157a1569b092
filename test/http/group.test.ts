import { expect, test } from 'vitest'
import { startTestApp } from '../support/app.ts'

const app = await startTestApp()
const { call } = app

let groups = 0
const newKey = () => `group-${String(++groups).padStart(3, '0')}`
const makeGroup = async (more = {}) => {
  const key = newKey()
  await call('POST', '/group', { body: { key, ...more } })
  return key
}

test('a group is created with its key, and has exactly the fields of the contract', async () => {
  const key = newKey()
  const { status, body, headers } = await call('POST', '/group', {
    body: { key, name: ' Wholesale ', description: 'Two\nlines', metadata: { list: 'b2b' } },
  })
  expect(status).toBe(201)
  expect(headers.get('Location')).toBe(`/group/${key}`)
  expect(headers.get('ETag')).toBe('W/"1"')
  expect(body).toEqual({
    key,
    name: 'Wholesale',
    description: 'Two\nlines',
    metadata: { list: 'b2b' },
    rule: null,
    allowShopperValues: false,
    state: 'ready',
    done: 0,
    total: 0,
    createdAt: expect.stringMatching(/Z$/),
    updatedAt: body.createdAt,
  })
  const found = await call('GET', `/group/${key}`)
  expect([found.status, found.body, found.headers.get('ETag')]).toEqual([200, body, 'W/"1"'])
})

test('a key is held once per shop', async () => {
  const key = await makeGroup()
  const again = await call('POST', '/group', { body: { key } })
  expect([again.status, again.body.code]).toEqual([409, 'group_taken'])
  const other = await call('POST', '/group', { body: { key }, token: app.tokens.stranger })
  expect(other.status).toBe(201)
})

test('twenty who create one group at once make one', async () => {
  const key = newKey()
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => call('POST', '/group', { body: { key } })),
  )
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
  expect(answers.filter(({ body }) => body.code === 'group_taken')).toHaveLength(19)
})

test('a creation repeated under its key gets the first answer', async () => {
  const body = { key: newKey() }
  const headers = { 'Idempotency-Key': 'once' }
  const first = await call('POST', '/group', { body, headers })
  const again = await call('POST', '/group', { body, headers })
  expect(again.text).toBe(first.text)
  expect([again.status, again.headers.get('Idempotent-Replayed')]).toEqual([201, 'true'])
})

test('what a group has not is refused', async () => {
  const { status, body } = await call('POST', '/group', { body: { key: newKey(), members: 5 } })
  expect([status, body.errors[0].code]).toEqual([422, 'unknown_field'])
  const patched = await call('PATCH', `/group/${await makeGroup()}`, { body: { key: 'other' } })
  expect([patched.status, patched.body.errors[0].code]).toEqual([422, 'read_only'])
})

test('a change raises the version, the same again does not, and a stale reader is told what changed', async () => {
  const key = await makeGroup({ name: 'Old', metadata: { a: '1', b: '2' } })
  const changed = await call('PATCH', `/group/${key}`, {
    body: { name: 'New', metadata: { a: '3', b: null } },
    headers: { 'If-Match': 'W/"1"' },
  })
  expect([changed.status, changed.headers.get('ETag')]).toEqual([200, 'W/"2"'])
  expect(changed.body).toMatchObject({ name: 'New', description: null, metadata: { a: '3' } })
  const again = await call('PATCH', `/group/${key}`, { body: { name: 'New', metadata: {} } })
  expect(again.headers.get('ETag')).toBe('W/"2"')
  expect(again.body).toEqual(changed.body)
  const nothing = await call('PATCH', `/group/${key}`, { body: {} })
  expect([nothing.status, nothing.headers.get('ETag')]).toEqual([200, 'W/"2"'])
  for (const method of ['PATCH', 'DELETE']) {
    const stale = await call(method, `/group/${key}`, {
      ...(method === 'PATCH' ? { body: { description: 'x' } } : {}),
      headers: { 'If-Match': 'W/"1"' },
    })
    expect([stale.status, stale.body.changed]).toEqual([412, ['metadata', 'name']])
  }
  const cleared = await call('PATCH', `/group/${key}`, { body: { name: null } })
  expect(cleared.body.name).toBeNull()
})

test('metadata has room for fifty keys', async () => {
  const pairs = (from: number, to: number) =>
    Object.fromEntries(Array.from({ length: to - from }, (_, i) => [`k${from + i}`, 'v']))
  const key = await makeGroup({ metadata: pairs(0, 50) })
  const { status, body } = await call('PATCH', `/group/${key}`, {
    body: { metadata: pairs(50, 51) },
  })
  expect([status, body.code]).toEqual([422, 'too_much_metadata'])
  const swapped = await call('PATCH', `/group/${key}`, {
    body: { metadata: { k0: null, k50: 'v' } },
  })
  expect(swapped.status).toBe(200)
})

test('an unknown, an unspeakable and a foreign group answer alike', async () => {
  const foreign = newKey()
  await call('POST', '/group', { body: { key: foreign }, token: app.tokens.stranger })
  const without = ({ text, body }: { text: string; body: { requestId: string } }) =>
    text.replace(body.requestId, '')
  for (const [method, suffix, body] of [
    ['GET', '', undefined],
    ['PATCH', '', { name: 'x' }],
    ['DELETE', '', undefined],
    ['GET', '/member', undefined],
    ['POST', '/member', { remove: [] }],
  ] as const) {
    const answers = await Promise.all(
      [foreign, 'no-such-group', 'NOT A KEY', '%00'].map((key) =>
        call(method, `/group/${encodeURI(key)}${suffix}`, { body }),
      ),
    )
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404])
    expect(new Set(answers.map(without)).size, `${method}${suffix}`).toBe(1)
  }
  expect((await call('GET', `/group/${foreign}`, { token: app.tokens.stranger })).status).toBe(200)
})

test('to read groups takes customer:read, to change them group:write', async () => {
  const key = await makeGroup()
  const reader = await app.tokenWith('customer:read')
  expect((await call('GET', `/group/${key}`, { token: reader })).status).toBe(200)
  expect((await call('GET', '/group', { token: reader })).status).toBe(200)
  for (const [method, path] of [
    ['POST', '/group'],
    ['PATCH', `/group/${key}`],
    ['DELETE', `/group/${key}`],
    ['POST', `/group/${key}/member`],
  ] as const) {
    const { status, body } = await call(method, path, {
      token: reader,
      body: method === 'DELETE' ? undefined : {},
    })
    expect([status, body.code]).toEqual([403, 'insufficient_scope'])
  }
})

test('the list goes through all groups by their keys, in pages, and counts them', async () => {
  const shop = await startTestApp()
  const keys = Array.from({ length: 25 }, (_, i) => `k${String(i).padStart(2, '0')}_-`.slice(0, 4))
  for (const key of [...keys].reverse()) await shop.call('POST', '/group', { body: { key } })
  const seen: string[] = []
  let path = '/group?limit=10&count=exact'
  for (let pages = 1; ; pages++) {
    const { status, body } = await shop.call('GET', path)
    expect(status).toBe(200)
    expect(body.pagination).toMatchObject({ limit: 10, total: 25, totalIsExact: true })
    expect(body.pagination.hasMore).toBe(body.pagination.nextCursor !== null)
    seen.push(...body.data.map(({ key }: { key: string }) => key))
    if (body.pagination.nextCursor === null) {
      expect(pages).toBe(3)
      break
    }
    path = `/group?limit=10&count=exact&cursor=${body.pagination.nextCursor}`
  }
  expect(seen).toEqual(keys)
  const first = await shop.call('GET', '/group')
  expect(first.body.data).toHaveLength(20)
  expect(first.body.pagination).toEqual({
    limit: 20,
    hasMore: true,
    nextCursor: expect.any(String),
  })
  const capped = await shop.call('GET', '/group?count=capped&limit=100')
  expect(capped.body.pagination).toEqual({
    limit: 100,
    hasMore: false,
    nextCursor: null,
    total: 25,
    totalIsExact: true,
  })
})

test('a cursor of another list, of another shop, or altered is refused', async () => {
  await makeGroup()
  await makeGroup()
  const { body } = await call('GET', '/group?limit=1')
  const cursor: string = body.pagination.nextCursor
  const key = await makeGroup()
  for (const [path, token] of [
    [`/group/${key}/member?cursor=${cursor}`, app.tokens.service],
    [`/group?cursor=${cursor}`, app.tokens.stranger],
    [`/group?cursor=${cursor.slice(0, -4)}AAAA`, app.tokens.service],
    ['/group?cursor=x', app.tokens.service],
  ] as const) {
    const refused = await call('GET', path, { token })
    expect([refused.status, refused.body.code], path).toEqual([422, 'invalid_cursor'])
  }
})

test.each([
  'limit=0',
  'limit=101',
  'limit=1.5',
  'limit=x',
  'limit=',
  'limit=5&limit=6',
  'count=all',
  'cursor=',
  'q=x',
  'page=2',
])('a list refuses ?%s', async (parameters) => {
  for (const path of ['/group', '/group/vip/member', '/customer/me/group']) {
    const { status, body } = await call('GET', `${path}?${parameters}`)
    expect([status, body.code], path).toEqual([422, 'invalid_input'])
  }
})
