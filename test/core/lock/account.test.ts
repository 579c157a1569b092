import pg from 'pg'
import { expect, inject, test } from 'vitest'
import { startTestApp } from '../../support/app.ts'
import { between } from '../../support/between.ts'
import { startHanzoApp } from '../../support/hanzo.ts'
import { openMails } from '../../support/mail.ts'
import { beside } from '../../support/meanwhile.ts'
import { query } from '../../support/rows.ts'
import { logIn, makeShopper, PASSWORD, someAddress } from '../../support/shopper.ts'
import { findWaiting } from '../../support/waits.ts'

const app = await startTestApp({ settings: { require_email_verification: false } })
const { call, tenant } = app
const mails = openMails(app)

const post = async (path: string, body: unknown, token?: string) =>
  call('POST', path, { token: token ?? (await app.storefrontToken()), body })

const lockOrRefuse = (id: string, of = tenant) =>
  [['select from customer where tenant = $1 and id = $2 for no key update', [of, id]]] as const

const reserveAddress = (email: string) =>
  [
    [
      `select pg_advisory_xact_lock(hashtextextended($1 || chr(31) || $2, 1))`,
      [tenant, email.toLowerCase()],
    ],
  ] as const

test('the first login without a proof waits for its address before it makes the account', async () => {
  const email = someAddress()
  await post('/customer', { email, password: PASSWORD })
  const { waited, wrote, answer } = await beside(reserveAddress(email), () =>
    post('/auth/login', { email, password: PASSWORD }),
  )
  expect({ waited, wrote, status: answer.status }).toEqual({
    waited: true,
    wrote: [],
    status: 200,
  })
})

test("a service's account waits for the provisional one that it displaces", async () => {
  const email = someAddress()
  await post('/customer', { email, password: PASSWORD })
  const { body } = await post('/auth/login', { email, password: PASSWORD })
  const { waited, wrote, answer } = await beside(lockOrRefuse(body.userId), () =>
    call('POST', '/customer', { body: { email } }),
  )
  expect({ waited, wrote, status: answer.status }).toEqual({
    waited: true,
    wrote: [],
    status: 201,
  })
})

test('a right password waits for others of the account before it forgives them', async () => {
  const shopper = await makeShopper(app)
  await post('/auth/login', { email: shopper.email, password: 'not the right one 42' })
  const client = new pg.Client(inject('database'))
  await client.connect()
  try {
    const done = between(
      app.wire,
      /release_try_/,
      () => logIn(app, shopper),
      async () => {
        await client.query('begin')
        await client.query('select from failure where tenant = $1 for update', [tenant])
      },
    )
    // The session that it opens is ready by then.
    expect(await findWaiting(client, done)).toEqual({ wrote: ['session'] })
    await client.query('commit')
    await done
  } finally {
    await client.end()
  }
})

test('a session by a token of Hanzo ID waits for its customer', async () => {
  const shop = await startHanzoApp({ settings: { hanzo_direct_tokens: true } })
  const { id, email } = await shop.makeShopper()
  const user = shop.hanzo.userOf(email)
  if (user === undefined) throw new Error('no user')
  const token = await shop.hanzo.accessToken(user)
  const { waited, wrote, answer } = await beside(
    lockOrRefuse(id, shop.tenant),
    () => shop.me(token),
    [[`update customer set status = 'disabled' where tenant = $1 and id = $2`, [shop.tenant, id]]],
  )
  expect([waited, wrote, answer.status]).toEqual([true, [], 401])
})

test('an undo locks its customers in the order of their ids before it changes one', async () => {
  const wished = [someAddress(), someAddress()]
  const guests: string[] = []
  for (const email of wished) {
    const { body } = await call('POST', '/customer/guest', { body: { email } })
    guests.push(body.id)
  }
  let shopper = await makeShopper(app)
  const old = shopper.email
  const undo: string[] = []
  for (const email of wished) {
    app.advance(60_000)
    const { accessToken } = await logIn(app, shopper)
    await post('/auth/email/change', { email, password: PASSWORD }, accessToken)
    const { token } = await mails.next(email)
    await mails.all(shopper.email)
    await post('/auth/email/confirm', { token, password: PASSWORD })
    undo.push((await mails.next(shopper.email)).token)
    shopper = { ...shopper, email }
    await app.drain()
  }
  const merges = await query(
    `select merged_id from merge where tenant = $1 and survivor_id = $2 and state = 'done' order by merged_id`,
    [tenant, shopper.id],
  )
  expect(merges).toEqual(guests.map((id) => ({ merged_id: id })))
  // The first guest is held, and the account is still free: it comes later.
  const { waited, answer } = await beside(
    lockOrRefuse(String(guests[0])),
    () => post('/auth/email/undo', { token: undo[0] }),
    [
      [
        'select from customer where tenant = $1 and id = $2 for no key update nowait',
        [tenant, shopper.id],
      ],
    ],
  )
  expect([waited, answer.status]).toEqual([true, 204])
  const { body } = await call('GET', `/customer/${shopper.id}`)
  expect(body.email).toBe(old)
})

test('a replay of events that another run has ended waits for it, and plans nothing', async () => {
  const { body: webhook } = await call('POST', '/webhook', {
    body: { url: 'https://shop.example/hook', events: ['customer.*'] },
  })
  await call('POST', `/webhook/${webhook.id}/replay`, { body: { after: '2020-01-01T00:00:00Z' } })
  const { waited, wrote } = await beside(
    [[`delete from job where tenant = $1 and kind = 'replay'`, [tenant]]],
    () => app.drain(),
  )
  expect([waited, wrote]).toEqual([true, []])
})

test('addresses that SQL by hand changes are judged after who is changing the customer', async () => {
  const { body } = await call('POST', '/customer', { body: { email: someAddress() } })
  await call('POST', `/customer/${body.id}/address`, {
    body: { line1: '1 Main St', country: 'AQ' },
  })
  const { waited, wrote } = await beside(lockOrRefuse(body.id), () =>
    query(
      `insert into address (tenant, id, customer_id, line1, country, sameness, keys, created_at, updated_at)
        select tenant, id || '-other', customer_id, '2 Main St', country, 'other', '{}', now(), now()
        from address where tenant = $1 and customer_id = $2`,
      [tenant, body.id],
    ),
  )
  expect([waited, wrote]).toEqual([true, ['address']])
})
