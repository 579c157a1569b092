import { expect, test } from 'vitest'
import { startTestApp } from '../support/app.ts'
import { shopIn } from '../support/shop.ts'
import { sql } from '../support/sql.ts'

const app = await startTestApp({
  settings: { metadata_filter_keys: ['size', 'price-list'], metadata_service_keys: ['tier'] },
})
const { call } = app
const { record } = shopIn(app)

const made = async (email: string, fields: object = {}): Promise<string> =>
  (await call('POST', '/customer', { body: { email, ...fields } })).body.id

const ann = await made('ann@BÜCHER.example', { locale: 'de-AT', metadata: { tier: 'gold' } })
const bob = await made('bob@shop.example', { locale: 'de', metadata: { size: 'a b&c', tier: '' } })
const cat = await made('cat@mail.shop.example', { metadata: { 'price-list': 'b2b' } })
const dan = await made('dan@shop.example', { locale: 'den' })
await call('POST', `/customer/${ann}/group`, { body: { group: 'Händler' } })
await call('POST', `/customer/${bob}/group`, { body: { group: 'vip' } })
await record(ann, 'a1', { refunded: 1000 })
await record(bob, 'b1')
await record(bob, 'b1', { state: 'canceled', version: 2 })
await app.db.run([
  sql`update customer set status = 'active', email_verified_at = created_at where tenant = ${app.tenant} and id in (${ann}, ${cat})`,
])
const visitor = (await call('POST', '/customer/guest', { body: { email: 'bob@shop.example' } }))
  .body
await call('POST', `/customer/${dan}/merge`, { body: { from: visitor.id } })
const names = new Map([
  [ann, 'ann'],
  [bob, 'bob'],
  [cat, 'cat'],
  [dan, 'dan'],
  [visitor.id, 'guest'],
])

test.each([
  ['groupNot=haendler', 'ann bob cat dan'],
  ['groupNot=HÄNDLER', 'bob cat dan'],
  ['groupNot=handler&groupNot=VIP', 'cat dan'],
  ['group=vip&groupNot=vip', ''],
  ['hasOrders=true', 'ann'],
  ['hasOrders=false', 'bob cat dan'],
  ['hasOrders=false&minOrders=1', ''],
  ['hasOrders=true&maxOrders=0', ''],
  ['hasOrders=true&maxOrders=1', 'ann'],
  ['emailVerified=true', 'ann cat'],
  ['emailVerified=false', 'bob dan'],
  ['emailDomain=bücher.EXAMPLE', 'ann'],
  ['emailDomain=xn--bcher-kva.example', 'ann'],
  ['emailDomain=%20@mail.shop.example', 'cat'],
  ['emailDomain=shop.example', ''],
  ['locale=de', 'ann bob'],
  ['locale=DE_at', 'ann'],
  ['locale=de-AT-1996', ''],
  ['status=active', 'ann cat'],
  ['status=active&status=unverified', 'ann bob cat dan'],
  ['status=merged', 'guest'],
  ['status=merged&status=unverified', 'bob dan guest'],
  ['status=merged&status=unverified&sort=email:desc', 'dan guest bob'],
  ['metadata.tier=gold', 'ann'],
  ['metadata.tier=', 'bob'],
  ['metadata[tier]=gold', 'ann'],
  ['metadata.size=a%20b%26c&metadata.tier=', 'bob'],
  ['metadata.size=a', ''],
  ['metadata.price-list=b2b', 'cat'],
])('%s', async (filter, expected) => {
  const sort = filter.includes('sort') ? '' : '&sort=createdAt:asc'
  const { status, body } = await call('GET', `/customer?${filter}${sort}&count=exact`)
  expect([status, body.errors]).toEqual([200, undefined])
  const found = body.data.map(({ id }: { id: string }) => names.get(id))
  expect(filter.includes('sort') ? found : found.toSorted()).toEqual(
    expected.split(' ').filter(Boolean),
  )
  expect(body.pagination).toMatchObject({ total: found.length, totalIsExact: true })
})

test('a cursor goes on whatever the order of the keys', async () => {
  const [one, other] = ['metadata.tier=', 'metadata.size=a%20b%26c']
  const twin = await made('twin@shop.example', { metadata: { size: 'a b&c', tier: '' } })
  const first = await call('GET', `/customer?${one}&${other}&limit=1`)
  const cursor = `cursor=${encodeURIComponent(first.body.pagination.nextCursor)}`
  const second = await call('GET', `/customer?${other}&${one}&limit=1&${cursor}`)
  const ids = [first, second].flatMap(({ body }) => body.data.map(({ id }: { id: string }) => id))
  expect(ids).toEqual([twin, bob])
})

test.each([
  ['metadata.other=a', 'metadata.other not_declared'],
  ['metadata.Tier=a', 'metadata.Tier not_declared'],
  ['metadata.other-one=a', 'metadata.* not_declared'],
  ['metadata.=a', 'metadata invalid_metadata'],
  ['metadata.tier=a&metadata.tier=b', 'metadata.tier repeated'],
  ['metadata.tier=a&metadata[tier]=b', '* unknown_field'],
  ['metadata=a', 'metadata invalid_type'],
  [`metadata.tier=${'x'.repeat(501)}`, 'metadata.tier invalid_metadata'],
  ['metadatatier=a', 'metadatatier unknown_field'],
  ['hasOrders=1', 'hasOrders invalid_type'],
  ['hasOrders=', 'hasOrders invalid_type'],
  ['hasOrders=true&hasOrders=false', 'hasOrders repeated'],
  ['emailVerified=TRUE', 'emailVerified invalid_type'],
  ['emailDomain=shop', 'emailDomain invalid_domain'],
  ['emailDomain=a@shop.example', 'emailDomain invalid_domain'],
  ['emailDomain=127.0.0.1', 'emailDomain invalid_domain'],
  ['locale=german!', 'locale invalid_locale'],
  ['status=active&status=deleted', 'status.1 invalid_value'],
  ['groupNot=', 'groupNot too_small'],
  ['status=activ', 'status invalid_value'],
])('%s is refused', async (filter, problem) => {
  const { status, body } = await call('GET', `/customer?${filter}`)
  const problems = body.errors?.map(
    (error: { path: string; code: string }) => `${error.path} ${error.code}`,
  )
  expect([status, body.code, problems?.[0]]).toEqual([422, 'invalid_input', problem])
})
