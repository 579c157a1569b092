import { newId } from '#kernel/id'
import type { TestApp } from '../app.ts'
import { browserAt } from '../login-page.ts'
import { passkeysIn } from '../passkey.ts'
import { shopIn } from '../shop.ts'
import { sql } from '../sql.ts'
import type { Known } from './form.ts'

const PASSWORD = 'a quiet river of quents 42'

let lives = 0

export type Life = Awaited<ReturnType<typeof live>>

/** A long life of one customer in the shop, through all that holds something about people. Two webhooks are subscribed, and one is down. */
export async function live(app: TestApp, known: Known) {
  const { call, db, tenant, runtime } = app
  const [first = '', second = '', third = ''] = known.emails
  const [firstName, lastName, oldName, company] = known.names
  const [phone, otherPhone] = known.phones
  const [line1, line2, otherLine, city] = known.streets
  const { reason, label, value, browser, externalId, key, note } = known.texts
  const [place = ''] = known.addresses
  const home = {
    ...{ label, firstName, lastName, company, line1, line2, city, phone },
    ...{ postalCode: '10115', country: 'DE' },
  }
  /** Ids of others, which are each person's own. */
  const own = `life${++lives}`
  const { record, merge, claim } = shopIn(app)
  const keyed = (key: string) => ({ 'Idempotency-Key': key })

  const visitor = await call('POST', '/customer/guest', {
    body: { email: first, firstName, lastName: oldName, address: home },
    headers: keyed(`guest-of-${own}`),
  })
  await record(visitor.body.id, `${own}-1`)
  const made = await call('POST', '/customer', {
    body: {
      email: first,
      password: PASSWORD,
      firstName,
      lastName: oldName,
      phone: otherPhone,
      externalId,
      metadata: { hobby: value },
    },
    headers: keyed(key),
  })
  const { id } = made.body
  await claim(first)
  await app.drain()
  await call('PATCH', `/customer/${id}`, { body: { lastName } })
  await call('POST', `/customer/${id}/address`, {
    body: { ...home, line1: otherLine, label },
    headers: keyed(`address-of-${own}`),
  })
  await call('POST', `/customer/${id}/group`, { body: { group: 'quent-lovers' } })
  await record(id, `${own}-2`, { currency: 'EUR', total: 900 })
  await record(id, `${own}-3`, { state: 'canceled' })
  await call('PUT', `/customer/${id}/consent/terms`, {
    body: { state: 'granted', source: note, textVersion: value },
  })
  await call('POST', `/customer/${id}/disable`, { body: { reason: reason } })
  await call('POST', `/customer/${id}/enable`, {})

  // Another account becomes a part of it, and leaves again.
  const twin = (
    await call('POST', '/customer', {
      body: { email: `twin.${own}@example.org`, lastName: 'Twin' },
    })
  ).body
  await call('POST', `/customer/${twin.id}/address`, {
    body: {
      ...home,
      line1: 'Twin Street 1',
      label: null,
      lastName: 'Twin',
      firstName: 'T',
      company: null,
      phone: null,
      line2: null,
      city: 'Twintown',
    },
  })
  const joined = (await merge(id, twin.id)).body
  await call('POST', `/merge/${joined.id}/undo`)
  // It becomes a part of another account, whose blank fields it fills, and leaves again.
  const host = (await call('POST', '/customer', { body: { email: `host.${own}@example.org` } }))
    .body
  const part = (await merge(host.id, id, {}, keyed(`merge-of-${own}`))).body
  await call('PATCH', `/customer/${host.id}`, { body: { locale: 'de' } })
  for (const { id: moved } of (await call('GET', `/customer/${host.id}/address`)).body.data) {
    await call('PATCH', `/customer/${host.id}/address/${moved}`, {
      body: { label },
    })
  }
  await call('POST', `/merge/${part.id}/undo`, { headers: keyed(`undo-of-${own}`) })
  await app.drain()

  await call('PATCH', `/customer/${id}`, { body: { email: second } })
  await call('PATCH', `/customer/${id}`, { body: { email: third } })
  await claim(third)
  await app.drain()
  const storefront = await app.storefrontToken()
  const from = { 'User-Agent': browser }
  const tokens = await call('POST', '/auth/login', {
    body: { email: third, password: PASSWORD },
    headers: { ...from, 'X-Caller-Address': place },
  })
  await passkeysIn(app).register(tokens.body.accessToken, undefined, { name: label })
  await call('POST', '/auth/login', {
    body: { email: third, password: 'wrong' },
    token: storefront,
  })
  // A registration of her address, a link and a mail that are not sent yet, and a guest with her address.
  await call('POST', '/customer', {
    body: {
      email: third,
      password: 'another river 42',
      firstName,
      lastName,
      phone,
      metadata: { hobby: value },
    },
    token: storefront,
  })
  const again = await call('POST', '/customer/guest', {
    body: { email: third, phone },
  })
  await call('POST', '/auth/password/forgot', { body: { email: third }, token: storefront })
  const page = browserAt(app, { ...from, 'CF-Connecting-IP': place })
  const here = { Origin: 'http://localhost' }
  await page.send(await page.open(), { email: third, password: PASSWORD }, here)
  const now = runtime.now().toISOString()
  const letter = (body: object, payload: object | null) =>
    sql`insert into dead_letter (tenant, id, queue, kind, subject, body, payload, attempts, created_at)
      values (${tenant}, ${newId('deadLetter', runtime.now())}, 'customer-dead', 'unreadable', ${newId('job', runtime.now())},
        ${JSON.stringify(body)}, ${payload && JSON.stringify(payload)}, 11, ${now})`
  const order = { customerId: id, orderId: `${own}-1`, total: 900, version: 2 }
  await db.run([
    sql`insert into linked_identity (tenant, identity, customer_id, provider, created_at, last_used_at)
      values (${tenant}, ${`identity-of-${own}`}, ${id}, 'social', ${now}, ${now})`,
    letter({ ...order, note }, order),
    letter({ customerId: id, note }, null),
    letter({ mail: first.toLowerCase(), name: firstName }, null),
    letter({ customerId: twin.id, mail: third, note: 'of the twin' }, null),
    sql`insert into scan_progress (tenant, task, position, examined, hits, started_at)
      values (${tenant}, 'merges', ${third}, 7, 1, ${now}) on conflict (tenant, task) do update set position = excluded.position`,
  ])
  return {
    id,
    guestId: visitor.body.id,
    secondGuestId: again.body.id,
    twin,
    host,
    tokens: tokens.body,
  }
}
