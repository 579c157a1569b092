import { expect, test } from 'vitest'
import { startTestApp } from '../../support/app.ts'
import { eventsIn } from '../../support/events.ts'
import { nearFarBound } from '../../support/far-bound.ts'
import { logIn, makeShopper, PASSWORD, type Shopper, someAddress } from '../../support/shopper.ts'
import { sql } from '../../support/sql.ts'

const app = await startTestApp()
const { call, db, tenant } = app

const login = async (email: string, password: string, place: string) =>
  call('POST', '/auth/login', {
    token: await app.storefrontToken(),
    body: { email, password },
    headers: { 'CF-Connecting-IP': place },
  })
const eventsOf = async (type: string) => {
  const events = await eventsIn(app)
  return events.filter((event) => event.type === type).map(({ data }) => data)
}

async function reachFarBound({ id, email }: Shopper, net: number): Promise<void> {
  await login(email, 'wrong', `198.18.${net}.1`)
  await nearFarBound(app, id)
  await login(email, 'wrong', `198.18.${net}.2`)
}

test('an account that is locked is told of once, and one that nobody has is not', async () => {
  const shopper = await makeShopper(app)
  const { deviceToken } = await logIn(app, shopper)
  const nobody = someAddress()
  for (let n = 0; n < 100; n++) {
    const place = `198.18.1.${n >> 2}`
    await login(shopper.email, 'wrong', place)
    await login(nobody, 'wrong', `198.18.2.${n >> 2}`)
  }
  for (const email of [shopper.email, nobody]) {
    expect((await login(email, PASSWORD, '198.18.3.1')).status).toBe(429)
  }
  await app.cron()
  await app.cron()
  expect(await eventsOf('customer.locked')).toMatchObject([
    { customerId: shopper.id, until: expect.stringMatching(/Z$/) },
  ])
  // The event is one of the customer's, with the next number, and changes nothing that a reader sees.
  const { body } = await call('GET', `/customer/${shopper.id}/event`)
  expect(body.data.map(({ type }: { type: string }) => type)).toContain('customer.locked')
  const known = await call('POST', '/auth/login', {
    token: await app.storefrontToken(),
    body: { email: shopper.email, password: PASSWORD, deviceToken },
    headers: { 'CF-Connecting-IP': '198.18.3.1' },
  })
  expect(known.status).toBe(200)
  app.advance(3_600_000)
  await reachFarBound(shopper, 4)
  await app.cron()
  expect(await eventsOf('customer.locked')).toHaveLength(2)
})

test('a lock that is over before cron comes is not told of', async () => {
  const shopper = await makeShopper(app)
  await reachFarBound(shopper, 5)
  app.advance(3_600_000)
  const before = await eventsOf('customer.locked')
  await app.cron()
  expect(await eventsOf('customer.locked')).toEqual(before)
  const [rows] = await db.run([sql`select key from failure where tenant = ${tenant} and is_untold`])
  expect(rows).toEqual([])
})

test('many wrong secrets of a client, from wherever, raise an alarm and shut nobody out', async () => {
  const client = `${tenant}-service`
  const show = (secret: string, place: string) =>
    app.request('/oauth/token', {
      method: 'POST',
      headers: { 'CF-Connecting-IP': place },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: client,
        client_secret: secret,
      }),
    })
  for (let n = 0; n < 101; n++) {
    expect((await show('guess', `198.18.6.${n}`)).status).toBe(401)
  }
  await app.cron()
  await app.cron()
  expect(await eventsOf('limit.reached')).toEqual([
    { limit: 'wrong_secrets_of_client', clientId: client, since: expect.any(String) },
  ])
  expect((await show('secret', '198.18.7.1')).status).toBe(200)
})

test('a client whose shoppers fail a thousand times in an hour is told of', async () => {
  const client = `${tenant}-service`
  const fail = () =>
    call('POST', '/auth/login', { body: { email: someAddress(), password: 'wrong' } })
  await fail()
  await db.run([
    sql`update failure set count = 999 where tenant = ${tenant} and alarm = 'failed_logins_of_client'`,
  ])
  expect((await fail()).status).toBe(401)
  expect((await fail()).status).toBe(401)
  await app.cron()
  const [last] = (await eventsOf('limit.reached')).slice(-1)
  expect(last).toMatchObject({ limit: 'failed_logins_of_client', clientId: client })
})
