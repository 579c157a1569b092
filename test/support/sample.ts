import { newId } from '#kernel/id'
import type { RouteKey } from '../../src/http/access.ts'
import type { TestApp } from './app.ts'
import { requestOf } from './login-page.ts'
import { sql } from './sql.ts'

/** A request of a route that finds what it names and does its work. */
type Sample = {
  readonly status: number
  /** How often it waits for the database; once, if it does not say. */
  readonly trips?: number
  /** The parameters of its path, in their order, made for it. */
  readonly ids: readonly string[]
  readonly query?: string | undefined
  readonly body?: unknown
}

type Make = (app: TestApp) => Promise<Sample>

let count = 0
const fresh = (): string => `sample${++count}`

/** The next samples are named like the first ones: for two shops that are to be alike. */
export function restartSamples(): void {
  count = 0
}

const person = () => ({ email: `${fresh()}@example.com`, firstName: 'Sam', lastName: 'Ple' })
const address = () => ({
  line1: `${fresh()} Main St`,
  city: 'San Francisco',
  state: 'CA',
  postalCode: '94102',
  country: 'US',
})
const order = () => ({
  total: 2500,
  refunded: 0,
  currency: 'USD',
  state: 'paid',
  placedAt: '2026-01-02T03:04:05Z',
  version: 1,
})

const customer = async ({ call }: TestApp): Promise<string> =>
  (await call('POST', '/customer', { body: person() })).body.id

const verified = async (app: TestApp): Promise<readonly string[]> => {
  const id = await customer(app)
  await app.db.run([
    sql`update customer set status = 'active', email_verified_at = created_at
      where tenant = ${app.tenant} and id = ${id}`,
  ])
  return [id]
}

const withAddress = async (app: TestApp): Promise<[string, string]> => {
  const id = await customer(app)
  const { body } = await app.call('POST', `/customer/${id}/address`, { body: address() })
  return [id, body.id]
}

const ordered = async (app: TestApp): Promise<string> => {
  const [id, orderId] = [await customer(app), fresh()]
  await app.call('PUT', `/customer/${id}/order/${orderId}`, { body: order() })
  return orderId
}

const member = async (app: TestApp): Promise<[string, string]> => {
  const id = await customer(app)
  const key = fresh()
  await app.call('POST', `/customer/${id}/group`, { body: { group: key } })
  return [id, key]
}

const letter = async ({ db, tenant, runtime }: TestApp): Promise<readonly string[]> => {
  const now = runtime.now()
  const id = newId('deadLetter', now)
  const job = newId('job', now)
  await db.run([
    sql`insert into dead_letter (tenant, id, queue, kind, subject, body, payload, attempts, created_at)
      values (${tenant}, ${id}, 'customer-dead', 'announce', ${job}, '{}', '{}', 11, ${now.toISOString()})`,
  ])
  return [id]
}

const url = 'https://shop.example/hook'
const webhook = async ({ call }: TestApp): Promise<readonly string[]> => [
  (await call('POST', '/webhook', { body: { url, events: ['*'] } })).body.id,
]
/** An event that is on its way, and its delivery. */
async function onItsWay(app: TestApp): Promise<{ event: string; delivery: string }> {
  const [hook] = await webhook(app)
  const id = await customer(app)
  await app.drain()
  const { body } = await app.call('GET', `/webhook/${hook}/delivery`)
  const sent = body.data.find(({ type }: { type: string }) => type === 'customer.created')
  if (sent === undefined) throw new Error(`nothing is on its way for ${id}`)
  return { event: sent.eventId, delivery: sent.id }
}

const of =
  (
    status: number,
    make: (app: TestApp) => Promise<readonly string[]>,
    body?: () => unknown,
  ): Make =>
  async (app) => ({ status, ids: await make(app), ...(body === undefined ? {} : { body: body() }) })

const none = async (): Promise<readonly string[]> => []
const one = async (app: TestApp): Promise<readonly string[]> => [await customer(app)]
const group = async (app: TestApp): Promise<readonly string[]> => [(await member(app))[1]]

const guest = async ({ call }: TestApp): Promise<string> =>
  (await call('POST', '/customer/guest', { body: { email: person().email } })).body.id

const merged = async (app: TestApp): Promise<readonly string[]> => {
  const id = await customer(app)
  const from = await guest(app)
  return [(await app.call('POST', `/customer/${id}/merge`, { body: { from } })).body.id]
}

const consenting = async (app: TestApp): Promise<readonly string[]> => {
  const id = await customer(app)
  await app.call('PUT', `/customer/${id}/consent/terms`, { body: { state: 'granted' } })
  return [id]
}

const erased = async (app: TestApp): Promise<readonly string[]> => {
  const id = await customer(app)
  await app.call('POST', `/customer/${id}/erase`, { body: {} })
  return [id]
}

/** Routes that a service may call, each with a request that works; the routes of accounts and sessions have tests of their own. */
export const samples: Readonly<Partial<Record<RouteKey, Make>>> = {
  'POST /customer': of(201, none, person),
  'POST /customer/find-or-create': of(201, none, person),
  'GET /customer': of(200, none),
  'POST /customer/search': of(200, none, () => ({ q: 'sam' })),
  'GET /customer/{id}': of(200, one),
  'PATCH /customer/{id}': of(200, one, () => ({ firstName: 'Other', metadata: { a: 'b' } })),
  'DELETE /customer/{id}': of(204, one),
  'POST /customer/{id}/disable': of(200, one, () => ({ reason: 'fraud' })),
  'POST /customer/{id}/enable': of(200, one),
  'POST /customer/{id}/invite': of(202, one),
  'POST /customer/{id}/password-reset': of(202, one),
  'POST /customer/{id}/verify-email/resend': of(202, one),
  'GET /customer/{id}/session': of(200, one),
  'POST /customer/{id}/session': of(201, verified),
  'DELETE /customer/{id}/session': of(204, one),
  'GET /customer/{id}/address': of(200, one),
  'POST /customer/{id}/address': of(201, one, address),
  'GET /customer/{id}/address/{addressId}': of(200, withAddress),
  'PATCH /customer/{id}/address/{addressId}': of(200, withAddress, () => ({ label: 'Work' })),
  'DELETE /customer/{id}/address/{addressId}': of(204, withAddress),
  'GET /customer/{id}/event': of(200, one),
  'GET /event': of(200, none),
  'GET /dead-letter': of(200, none),
  'POST /dead-letter/{id}/replay': of(202, letter),
  'POST /event/{id}/replay': of(202, async (app) => [(await onItsWay(app)).event]),
  'GET /webhook': of(200, none),
  'POST /webhook': of(201, none, () => ({ url, events: ['customer.*'] })),
  'GET /webhook/{id}': of(200, webhook),
  'PATCH /webhook/{id}': of(200, webhook, () => ({ description: 'Other' })),
  'DELETE /webhook/{id}': of(204, webhook),
  'POST /webhook/{id}/rotate-secret': of(200, webhook),
  'POST /webhook/{id}/test': of(200, webhook),
  'POST /webhook/{id}/replay': of(202, webhook, () => ({ after: '2026-01-01T00:00:00Z' })),
  'GET /webhook/{id}/delivery': of(200, webhook),
  'POST /delivery/{id}/retry': of(202, async (app) => [(await onItsWay(app)).delivery]),
  'GET /customer/{id}/group': of(200, one),
  'POST /customer/{id}/group': of(201, one, () => ({ group: fresh() })),
  'DELETE /customer/{id}/group/{group}': of(204, member),
  'GET /group': of(200, none),
  'POST /group': of(201, none, () => ({ key: fresh() })),
  'POST /group-preview': of(200, none, () => ({ rule: { minOrders: 5 } })),
  'GET /group/{key}': of(200, group),
  'PATCH /group/{key}': of(200, group, () => ({ name: 'Other' })),
  'DELETE /group/{key}': of(204, group),
  'GET /group/{key}/member': of(200, group),
  'POST /group/{key}/member': async (app) => {
    const [id, key] = await member(app)
    return { status: 200, ids: [key], body: { add: [await customer(app)], remove: [id] } }
  },
  'PUT /customer/{id}/order/{orderId}': of(
    200,
    async (app) => [await customer(app), fresh()],
    order,
  ),
  'GET /order/{orderId}': of(200, async (app) => [await ordered(app)]),
  'GET /customer/{id}/order': of(200, one),
  'GET /customer/{id}/stats': of(200, one),
  'GET /drift': of(200, none),
  'POST /customer/guest': of(201, none, () => ({ email: person().email })),
  'POST /customer/{id}/merge/preview': async (app) => ({
    status: 200,
    ids: [await customer(app)],
    body: { from: await guest(app) },
  }),
  'POST /customer/{id}/merge': async (app) => ({
    status: 201,
    trips: 2,
    ids: [await customer(app)],
    body: { from: await guest(app) },
  }),
  'GET /merge': of(200, none),
  'GET /merge/{id}': of(200, merged),
  'POST /merge/{id}/undo': of(200, merged),
  'POST /customer/{id}/erase': async (app) => ({
    status: 200,
    // It reads the names of before, whose words only TypeScript knows.
    trips: 2,
    ids: await one(app),
  }),
  'GET /customer/{id}/consent': of(200, consenting),
  'GET /customer/{id}/consent/{purpose}': of(200, async (app) => [
    ...(await consenting(app)),
    'terms',
  ]),
  'PUT /customer/{id}/consent/{purpose}': of(
    200,
    async (app) => [...(await consenting(app)), 'terms'],
    () => ({ state: 'withdrawn', source: 'telephone' }),
  ),
  'GET /customer/{id}/export': of(200, one),
  'GET /customer/{id}/erasure': of(200, erased),
  'GET /erasure': of(200, none),
  'GET /retention': of(200, none),
  'GET /oauth/authorize': async (app) => ({
    status: 200,
    trips: 0,
    ids: [],
    query: `?${requestOf(app)}`,
  }),
}

/** The request of a sample: the method and the path with its ids. */
export function addressOf(
  key: RouteKey,
  { ids, query = '' }: Sample,
): [method: string, path: string] {
  const [method = '', pattern = ''] = key.split(' ')
  const left = [...ids]
  return [method, pattern.replace(/\{\w+\}/g, () => left.shift() ?? '') + query]
}

/** The same with ids of nothing, of the same spelling. */
export const nothingLike = ({ ids }: Sample): Sample => ({
  status: 404,
  ids: ids.map((id) => {
    if (id.startsWith('cust_')) return newId('customer', new Date())
    if (id.startsWith('addr_')) return newId('address', new Date())
    if (id.startsWith('mrg_')) return newId('merge', new Date())
    if (id.startsWith('evt_')) return newId('event', new Date())
    if (id.startsWith('whk_')) return newId('webhook', new Date())
    if (id.startsWith('dlv_')) return newId('delivery', new Date())
    if (id.startsWith('dlt_')) return newId('deadLetter', new Date())
    return fresh()
  }),
})
