import { expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.ts'
import { eventsIn } from '../support/events.ts'
import { openMails } from '../support/mail.ts'
import { shopIn } from '../support/shop.ts'
import { PASSWORD, someAddress } from '../support/shopper.ts'
import { sql } from '../support/sql.ts'
import { DAY, HOUR, subscribe } from '../support/webhook.ts'

/** A shop with a webhook, and the types of the events that reached it of a customer. */
async function startShop(settings: Readonly<Record<string, unknown>> = {}) {
  const told: { type: string; data: { customerId: string } }[] = []
  const app = await startTestApp({
    settings,
    fetch: async (_, init) => {
      told.push(JSON.parse(String(init?.body)))
      return new Response()
    },
  })
  await subscribe(app, 'https://receiver.example.com/')
  const toldOf = async (id: string) => {
    await app.drain()
    return told.filter(({ data }) => data.customerId === id).map(({ type }) => type)
  }
  const feedOf = async (id: string) => {
    const events = await eventsIn(app)
    return events.filter(({ data }) => data.customerId === id).map(({ type }) => type)
  }
  return { app, toldOf, feedOf, ...shopIn(app) }
}

const checkOut = async (app: TestApp, email: string, place = '198.18.0.1') =>
  app.call('POST', '/customer/guest', {
    token: await app.storefrontToken(),
    body: { email },
    headers: { 'CF-Connecting-IP': place },
  })

/** The guest of a checkout: the storefront is not told. */
async function guestOf(app: TestApp, email: string): Promise<{ readonly id: string }> {
  expect((await checkOut(app, email)).status).toBe(202)
  const [[row] = []] = await app.db.run([
    sql`select id from customer where tenant = ${app.tenant} and email_key = ${email.toLowerCase()}`,
  ])
  return { id: String(row?.id) }
}

const shop = await startShop()
const { app, toldOf, feedOf, record } = shop
const mails = openMails(app)

/** How a guest becomes known, and the events that webhooks get then. */
const ways: Readonly<Record<string, (id: string, email: string) => Promise<unknown>>> = {
  'its first order': (id) => record(id, `o-${id}`),
  'an order that is canceled at once': (id) => record(id, `o-${id}`, { state: 'canceled' }),
  'its part in an account whose inbox was proven': async (_, email) => {
    const token = await app.storefrontToken()
    await app.call('POST', '/customer', { token, body: { email, password: PASSWORD } })
    const link = await mails.next(email)
    const body = { token: link.token, password: PASSWORD }
    expect((await app.call('POST', '/auth/verify-email', { token, body })).status).toBe(200)
    await app.drain()
  },
  'a merge by staff': async (id) => {
    const { id: survivor } = await shop.account()
    await shop.merge(survivor, id)
  },
}

test.each(Object.entries(ways))(
  'webhooks hear of an unproven guest with %s, of everything and once',
  async (_, become) => {
    const email = someAddress()
    const guest = await guestOf(app, email)
    await app.call('PATCH', `/customer/${guest.id}`, { body: { metadata: { note: 'x' } } })
    expect(await toldOf(guest.id)).toEqual([])
    expect(await feedOf(guest.id)).toEqual(['customer.created', 'customer.updated'])
    await become(guest.id, email)
    const told = await toldOf(guest.id)
    expect(told).toEqual(await feedOf(guest.id))
    expect(told.slice(0, 2)).toEqual(['customer.created', 'customer.updated'])
    expect(told.length).toBeGreaterThan(2)
    await app.cron()
    expect(await toldOf(guest.id)).toEqual(told)
  },
)

test('webhooks hear at once of a guest of a service, and of all if the shop wants it', async () => {
  const { body: served } = await app.call('POST', '/customer/guest', {
    body: { email: someAddress() },
  })
  expect(await toldOf(served.id)).toEqual(['customer.created'])
  const open = await startShop({ announce_unproven_guests: true })
  const guest = await guestOf(open.app, someAddress())
  expect(await open.toldOf(guest.id)).toEqual(['customer.created'])
})

test('an unproven guest lives seven days, another ninety, and none with an order goes', async () => {
  const silent = await guestOf(app, someAddress())
  const ordered = await guestOf(app, someAddress())
  await record(ordered.id, `o-${ordered.id}`)
  const { body: served } = await app.call('POST', '/customer/guest', {
    body: { email: someAddress() },
  })
  const left = async () => {
    const [rows = []] = await app.db.run([
      sql`select id from customer where tenant = ${app.tenant} and id in (${silent.id}, ${ordered.id}, ${served.id})`,
    ])
    return rows.map(({ id }) => id)
  }
  app.advance(7 * DAY - HOUR)
  await app.cron('17 3 * * *')
  expect(await left()).toHaveLength(3)
  app.advance(2 * HOUR)
  await app.cron('17 3 * * *')
  expect((await left()).toSorted()).toEqual([ordered.id, served.id].toSorted())
  expect(await feedOf(silent.id)).toEqual(['customer.deleted'])
  expect(await toldOf(silent.id)).toEqual([])
  app.advance(83 * DAY)
  await app.cron('17 3 * * *')
  expect(await left()).toEqual([ordered.id])
  expect(await toldOf(served.id)).toEqual(['customer.created', 'customer.deleted'])
})

test('one place makes a hundred guests and registrations an hour, and known ones tell nothing', async () => {
  const place = '198.18.0.9'
  const known = someAddress()
  expect((await checkOut(app, known, place)).status).toBe(202)
  const statuses = new Set<number>()
  for (let n = 0; n < 97; n++) statuses.add((await checkOut(app, someAddress(), place)).status)
  expect([...statuses]).toEqual([202])
  expect((await checkOut(app, known, place)).status).toBe(202)
  const register = async (email: string, from: string) =>
    app.call('POST', '/customer', {
      token: await app.storefrontToken(),
      body: { email, password: PASSWORD },
      headers: { 'CF-Connecting-IP': from },
    })
  const kept = async (email: string) => {
    const [rows] = await app.db.run([
      sql`select id from attempt where tenant = ${app.tenant} and email_key = ${email.toLowerCase()}`,
    ])
    return rows?.length
  }
  const [last, beyond] = [someAddress(), someAddress()]
  expect([(await register(last, place)).status, await kept(last)]).toEqual([202, 1])
  const answers = [await register(beyond, place), await register(last, place)]
  expect(answers.map(({ status, text }) => [status, text])).toEqual(
    Array(2).fill([202, answers[0]?.text]),
  )
  expect(await kept(beyond)).toBe(0)
  for (const email of [known, someAddress()]) {
    const { status, body, headers } = await checkOut(app, email, place)
    expect([status, body.code, headers.get('Retry-After')]).toEqual([
      429,
      'too_many_requests',
      '3600',
    ])
  }
  expect((await checkOut(app, someAddress(), '198.18.0.10')).status).toBe(202)
  app.advance(HOUR)
  expect((await checkOut(app, someAddress(), place)).status).toBe(202)
})
