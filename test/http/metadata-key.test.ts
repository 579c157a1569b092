import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { accessByRoute } from '../../src/http/access.ts'
import { loadAllRoutes } from '../../src/http/load-routes.ts'
import { startTestApp } from '../support/app.ts'
import { openMails } from '../support/mail.ts'
import { shopIn } from '../support/shop.ts'
import { logIn, makeShopper, PASSWORD, someAddress } from '../support/shopper.ts'

const app = await startTestApp({ settings: { require_email_verification: false } })
const { call } = app
const { guest, find, merge, system } = shopIn(app)
const mails = openMails(app)
const keys = system()?.settings.metadata_service_keys ?? []
/** Before a key is reserved, anybody may have written it. */
const reserve = (...reserved: string[]) => keys.splice(0, keys.length, ...reserved)
reserve('tier', 'price-list')

const post = async (path: string, body: unknown, token?: string) =>
  call('POST', path, { token: token ?? (await app.storefrontToken()), body })
const patch = (id: string, metadata: unknown, token?: string) =>
  call('PATCH', `/customer/${id}`, {
    body: { metadata },
    ...(token === undefined ? {} : { token }),
  })

const refused = [403, 'metadata_key_reserved', ['metadata.tier']]
const toldOf = ({ status, body }: Awaited<ReturnType<typeof call>>) => [
  status,
  body.code,
  body.errors?.map(({ path }: { path: string }) => path),
]

describe('a metadata key of services', () => {
  test.each<[string, Record<string, string>, Record<string, string | null>]>([
    ['set', {}, { tier: 'gold' }],
    ['changed', { tier: 'silver' }, { tier: 'gold' }],
    ['removed', { tier: 'silver' }, { tier: null }],
    ['removed where it is not', {}, { tier: null }],
    ['written with the value that it has', { tier: 'gold' }, { tier: 'gold' }],
    ['set among others', {}, { note: 'mine', tier: 'gold' }],
  ])('is not %s by a shopper, and is by a service', async (_, before, asked) => {
    const shopper = await makeShopper(app, { metadata: before })
    const { accessToken } = await logIn(app, shopper)
    for (const id of ['me', shopper.id]) {
      expect(toldOf(await patch(id, asked, accessToken))).toEqual(refused)
    }
    const shown = await call('GET', '/customer/me', { token: accessToken })
    expect(shown.body.metadata).toEqual(before)
    expect((await patch('me', { note: 'mine' }, accessToken)).body.metadata).toEqual({
      ...before,
      note: 'mine',
    })
    const { status, body } = await patch(shopper.id, asked)
    expect([status, body.metadata.tier ?? null]).toEqual([200, asked.tier])
  })

  test('is not set by a registration in a storefront, of which nothing is kept', async () => {
    const email = someAddress()
    const metadata = { tier: 'gold' }
    expect(toldOf(await post('/customer', { email, password: PASSWORD, metadata }))).toEqual(
      refused,
    )
    expect(await mails.all(email)).toEqual([])
    for (const path of ['/customer', '/customer/find-or-create']) {
      const { body } = await call('POST', path, { body: { email: someAddress(), metadata } })
      expect(body.metadata).toEqual(metadata)
    }
  })

  test('is named by its path, unless its letters may be anything', async () => {
    const { accessToken } = await logIn(app, await makeShopper(app))
    expect(toldOf(await patch('me', { 'price-list': 'b2b', tier: 'x' }, accessToken))).toEqual([
      403,
      'metadata_key_reserved',
      ['metadata.*', 'metadata.tier'],
    ])
  })
})

test('shoppers and storefronts can write metadata in no other way', async () => {
  const takes = (schema: unknown) => schema instanceof z.ZodObject && 'metadata' in schema.shape
  const ways = (await loadAllRoutes()).filter(({ route }) => {
    const { shopper, storefront, open } = accessByRoute[route.key]
    const media = Object.values(route.request?.body?.content ?? {})
    return (
      (shopper || storefront || open) &&
      media.some((one) => one !== undefined && 'schema' in one && takes(one.schema))
    )
  })
  expect(ways.map(({ route }) => route.key).sort()).toEqual([
    'PATCH /customer/{id}',
    'POST /customer',
  ])
  const { accessToken } = await logIn(app, await makeShopper(app))
  for (const [path, token] of [['/customer/guest'], ['/auth/verify-email', accessToken]] as const) {
    const body = { email: someAddress(), token: 'x', metadata: { tier: 'gold' } }
    const told = toldOf(await post(path, body, token))
    expect([told[0], told[2]]).toEqual([422, expect.arrayContaining(['metadata'])])
  }
})

/** An attempt of a time when its keys were free, which are reserved now. */
async function attempted(metadata = { tier: 'gold', note: 'mine' }) {
  reserve()
  const email = someAddress()
  expect((await post('/customer', { email, password: PASSWORD, metadata })).status).toBe(202)
  reserve('tier', 'price-list')
  return email
}

/** An account that nobody has proven, and what a service has written there since. */
async function provisional() {
  const email = await attempted()
  const { body } = await post('/auth/login', { email, password: PASSWORD })
  await patch(body.userId, { tier: 'silver' })
  return { email, id: body.userId as string, token: body.accessToken as string }
}

async function claimByReset(email: string) {
  await mails.all(email)
  app.advance(61_000)
  await post('/auth/password/forgot', { email })
  const { token } = await mails.next(email)
  const { status } = await post('/auth/password/reset', {
    token,
    password: 'another 77 river',
  })
  expect(status).toBe(204)
}

describe('what a person wrote before the key was reserved', () => {
  test('does not come into an account with the proof of its registration', async () => {
    const email = await attempted()
    const { token } = await mails.next(email)
    const { body } = await post('/auth/verify-email', { token, password: PASSWORD })
    expect(body.customer.metadata).toEqual({ note: 'mine' })
  })

  test('nor with a login that nobody has proven', async () => {
    const { body } = await post('/auth/login', { email: await attempted(), password: PASSWORD })
    expect(body.customer.metadata).toEqual({ note: 'mine' })
  })
})

describe('what a service wrote', () => {
  test('stays when the owner takes an account over from a stranger, whose words go', async () => {
    const { email, id, token } = await provisional()
    expect(toldOf(await patch('me', { tier: null }, token))).toEqual(refused)
    expect((await find(id)).metadata).toEqual({ tier: 'silver', note: 'mine' })
    await claimByReset(email)
    expect((await find(id)).metadata).toEqual({ tier: 'silver' })
  })

  test("goes on with a stranger's account that makes room, and comes to the owner by the merge", async () => {
    const { email, id } = await provisional()
    const { body: account } = await call('POST', '/customer', { body: { email } })
    expect((await find(id)).status).toBe('guest')
    expect((await find(id)).metadata).toEqual({ tier: 'silver' })
    await claimByReset(email)
    await app.cron()
    await app.drain()
    expect(await find(id)).toMatchObject({ id: account.id, mergedFrom: id })
    expect((await find(account.id)).metadata).toEqual({ tier: 'silver' })
  })

  test('comes with a guest, yields to what the account has, and goes back with an undo', async () => {
    const visitor = await guest({ email: someAddress() })
    await patch(visitor.id, { tier: 'gold', 'price-list': 'b2b' })
    const { id } = await makeShopper(app, { metadata: { tier: 'silver' } })
    const { body } = await merge(id, visitor.id)
    expect((await find(id)).metadata).toEqual({ tier: 'silver', 'price-list': 'b2b' })
    await call('POST', `/merge/${body.id}/undo`)
    expect((await find(id)).metadata).toEqual({ tier: 'silver' })
    expect((await find(visitor.id)).metadata).toEqual({ tier: 'gold', 'price-list': 'b2b' })
  })
})
