import { describe, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import { type Access, accessByRoute, type RouteKey } from '../../../src/http/access.ts'
import { type AccountSample, accountSamplesOf } from '../../support/account-sample.ts'
import { startTestApp } from '../../support/app.ts'
import { addressOf } from '../../support/sample.ts'
import { logIn, makeShopper, PASSWORD, someAddress } from '../../support/shopper.ts'
import { sql } from '../../support/sql.ts'

const app = await startTestApp()
const samples = accountSamplesOf(app)
const routes = Object.entries(accessByRoute) as [RouteKey, Access][]
const walked = Object.entries(samples) as [RouteKey, () => Promise<AccountSample>][]

test('every route of accounts, sessions and tokens is walked here', () => {
  const own = /^\w+ \/(auth|oauth|\.well-known)\//
  const missing = routes.filter(([key]) => own.test(key) && samples[key] === undefined)
  expect(missing).toEqual([])
})

describe('it waits for the database once, twice where a password is checked, never where none is needed', () => {
  test.each(walked)('%s', async (key, make) => {
    const { status, trips, token, ids = [], query, body, form, headers = {} } = await make()
    const [method, path] = addressOf(key, { status, ids, query })
    const work = () =>
      form === undefined
        ? app.call(method, path, { token, body })
        : app.request(path, { method, body: new URLSearchParams(form), headers })
    app.wire.reset()
    const answer = await work()
    expect([answer.status, app.wire.count().trips]).toEqual([status, trips])
  })
})

const bodies: Readonly<Partial<Record<RouteKey, unknown>>> = {
  'PATCH /customer/{id}': { firstName: 'Mallory' },
  'DELETE /customer/{id}': { currentPassword: PASSWORD },
  'POST /customer/{id}/erase': { currentPassword: PASSWORD },
  'PUT /customer/{id}/consent/{purpose}': { state: 'granted' },
  'POST /customer/{id}/address': {
    line1: '1 Main St',
    city: 'San Francisco',
    state: 'CA',
    postalCode: '94102',
    country: 'US',
  },
  'PATCH /customer/{id}/address/{addressId}': { label: 'Work' },
}
const idsOf = (key: RouteKey, customer: string): string[] =>
  (key.match(/\{\w+\}/g) ?? []).map((name) => {
    if (name === '{id}') return customer
    return newId(name === '{addressId}' ? 'address' : 'session', new Date())
  })

/** A shopper whose access token has not run out, and who has lost access since. */
const lost: Readonly<Record<string, (id: string) => Promise<unknown>>> = {
  'was disabled': (id) => app.call('POST', `/customer/${id}/disable`),
  'was deleted': (id) => app.call('DELETE', `/customer/${id}`),
  'was erased': (id) =>
    app.db.run([
      sql`update customer set status = 'erased' where tenant = ${app.tenant} and id = ${id}`,
    ]),
  'was merged into another': async (from) => {
    const { id } = await makeShopper(app)
    await app.call('POST', `/customer/${id}/merge`, { body: { from } })
  },
  'was moved to another address': (id) =>
    app.call('PATCH', `/customer/${id}`, { body: { email: someAddress() } }),
  'was logged out by staff': (id) => app.call('DELETE', `/customer/${id}/session`),
}

const bodyOf = new Map<RouteKey, Promise<unknown>>()
/** What stands in a request that would be good; once is enough, for the wrong ones are not to come that far. */
async function goodBody(key: RouteKey): Promise<unknown> {
  const made = bodyOf.get(key) ?? samples[key]?.().then(({ body }) => body)
  if (made !== undefined) bodyOf.set(key, made)
  return bodies[key] ?? (await made)
}

async function makeVisitor() {
  const shopper = await makeShopper(app)
  const { accessToken: token } = await logIn(app, shopper)
  return { id: shopper.id, token }
}

async function ask(key: RouteKey, { id, token }: Awaited<ReturnType<typeof makeVisitor>>) {
  const [method, path] = addressOf(key, { status: 0, ids: idsOf(key, id) })
  const { status, body } = await app.call(method, path, { token, body: await goodBody(key) })
  return [status, body?.code]
}
const shopperRoutes = routes.filter(([, rule]) => rule.shopper)

describe.each(Object.entries(lost))('a shopper who %s is refused at once', async (_, lose) => {
  // One for all routes: a refused request leaves everything as it was.
  const visitor = await makeVisitor()
  await lose(visitor.id)
  test.each(shopperRoutes)('%s', async (key) => {
    expect(await ask(key, visitor)).toEqual([401, 'invalid_token'])
  })
})

describe('a shopper who lost nothing is heard', () => {
  test.each(shopperRoutes)('%s', async (key) => {
    const [status] = await ask(key, await makeVisitor())
    expect(status).not.toBe(401)
    expect(status).not.toBe(403)
  })
})
