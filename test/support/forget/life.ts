import { newId } from '#kernel/id'
import type { TestApp } from '../app.ts'
import { shopIn } from '../shop.ts'
import { sql } from '../sql.ts'
import type { Known } from './form.ts'

/** Nobody in the tests is called so. */
export const known: Known = {
  emails: [
    'Zoëlina.Quent+shop@Exämple.test',
    'quentoria.second@example.test',
    'quentoria.third@example.test',
  ],
  names: ['Zoëlina Mária', 'Müllerova-Quentoria', 'Oldquentname', 'Quentoria GmbH'],
  phones: ['+493012345678', '+493087654321'],
  streets: ['Quentoriagasse 17b', 'Hinterhof Quentflügel', 'Altquentstrasse 4', 'Quentstadt'],
  texts: [
    'Quentreason of chargebacks',
    'Quentlabel at her mother',
    'quentmetadatavalue',
    'QuentBrowser/7.1',
    'quent-external-4711',
    'quent-idempotency@example.test',
    'quentnote in a dead letter',
  ],
  addresses: ['203.0.113.77'],
}

const [first = '', second = '', third = ''] = known.emails
const [browser = ''] = known.texts.filter((text) => text.includes('Browser'))
const PASSWORD = 'a quiet river of quents 42'

const home = {
  label: known.texts[1],
  firstName: 'Zoëlina Mária',
  lastName: 'Müllerova-Quentoria',
  company: 'Quentoria GmbH',
  line1: known.streets[0],
  line2: known.streets[1],
  city: 'Quentstadt',
  postalCode: '10115',
  country: 'DE',
  phone: known.phones[0],
}

export type Life = Awaited<ReturnType<typeof live>>

/** A long life of one customer in the shop, through all that holds something about people. Two webhooks are subscribed, and one is down. */
export async function live(app: TestApp) {
  const { call, db, tenant, runtime } = app
  const { record, merge, claim } = shopIn(app)
  const keyed = (key: string) => ({ 'Idempotency-Key': key })

  const visitor = await call('POST', '/customer/guest', {
    body: { email: first, firstName: 'Zoëlina Mária', lastName: 'Oldquentname', address: home },
    headers: keyed('guest-of-quent'),
  })
  await record(visitor.body.id, 'quent-order-1')
  const made = await call('POST', '/customer', {
    body: {
      email: first,
      password: PASSWORD,
      firstName: 'Zoëlina Mária',
      lastName: 'Oldquentname',
      phone: known.phones[1],
      externalId: 'quent-external-4711',
      metadata: { hobby: 'quentmetadatavalue' },
    },
    headers: keyed('quent-idempotency@example.test'),
  })
  const { id } = made.body
  await claim(first)
  await app.drain()
  await call('PATCH', `/customer/${id}`, { body: { lastName: 'Müllerova-Quentoria' } })
  await call('POST', `/customer/${id}/address`, {
    body: { ...home, line1: known.streets[2], label: 'Quentlabel at her mother' },
    headers: keyed('address-of-quent'),
  })
  await call('POST', `/customer/${id}/group`, { body: { group: 'quent-lovers' } })
  await record(id, 'quent-order-2', { currency: 'EUR', total: 900 })
  await record(id, 'quent-order-3', { state: 'canceled' })
  await call('POST', `/customer/${id}/disable`, { body: { reason: known.texts[0] } })
  await call('POST', `/customer/${id}/enable`, {})

  // Another account becomes a part of it, and leaves again.
  const twin = (
    await call('POST', '/customer', { body: { email: 'other.twin@example.org', lastName: 'Twin' } })
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
  const host = (await call('POST', '/customer', { body: { email: 'other.host@example.org' } })).body
  const part = (await merge(host.id, id, {}, keyed('merge-of-quent'))).body
  await call('PATCH', `/customer/${host.id}`, { body: { locale: 'de' } })
  for (const { id: moved } of (await call('GET', `/customer/${host.id}/address`)).body.data) {
    await call('PATCH', `/customer/${host.id}/address/${moved}`, {
      body: { label: 'Quentlabel at her mother' },
    })
  }
  await call('POST', `/merge/${part.id}/undo`, { headers: keyed('undo-of-quent') })
  await app.drain()

  await call('PATCH', `/customer/${id}`, { body: { email: second } })
  await call('PATCH', `/customer/${id}`, { body: { email: third } })
  await claim(third)
  await app.drain()
  const storefront = await app.storefrontToken()
  const from = { 'User-Agent': browser }
  const tokens = await call('POST', '/auth/login', {
    body: { email: third, password: PASSWORD },
    headers: { ...from, 'X-Caller-Address': '203.0.113.77' },
  })
  await call('POST', '/auth/login', {
    body: { email: third, password: 'wrong' },
    token: storefront,
  })
  // A registration of her address, a link and a mail that are not sent yet, and a guest with her address.
  await call('POST', '/customer', {
    body: {
      email: third,
      password: 'another river 42',
      firstName: 'Zoëlina Mária',
      lastName: 'Müllerova-Quentoria',
      phone: known.phones[0],
      metadata: { hobby: 'quentmetadatavalue' },
    },
    token: storefront,
  })
  const again = await call('POST', '/customer/guest', {
    body: { email: third, phone: known.phones[0] },
  })
  await call('POST', '/auth/password/forgot', { body: { email: third }, token: storefront })
  const now = runtime.now().toISOString()
  const letter = (body: object, payload: object | null) =>
    sql`insert into dead_letter (tenant, id, queue, kind, subject, body, payload, attempts, created_at)
      values (${tenant}, ${newId('deadLetter', runtime.now())}, 'customer-dead', 'unreadable', ${newId('job', runtime.now())},
        ${JSON.stringify(body)}, ${payload && JSON.stringify(payload)}, 11, ${now})`
  const order = { customerId: id, orderId: 'quent-order-1', total: 900, version: 2 }
  await db.run([
    letter({ ...order, note: 'quentnote in a dead letter' }, order),
    letter({ customerId: id, note: 'quentnote in a dead letter' }, null),
    letter({ mail: first.toLowerCase(), name: 'Zo\u00eblina M\u00e1ria' }, null),
    letter({ customerId: twin.id, mail: third, note: 'of the twin' }, null),
    sql`insert into sweep (tenant, task, position, examined, hits, started_at)
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
