import { describe, expect, test } from 'vitest'
import { startTestApp } from '../../support/app.ts'
import { openMails } from '../../support/mail.ts'
import { PASSWORD, someAddress } from '../../support/shopper.ts'
import { sql } from '../../support/sql.ts'

const app = await startTestApp({ settings: { require_email_verification: false } })
const { call } = app
const mails = openMails(app)
const address = {
  line1: '1 Main St',
  city: 'San Francisco',
  state: 'CA',
  postalCode: '94102',
  country: 'US',
}

const post = async (path: string, body: unknown, token?: string) =>
  call('POST', path, { token: token ?? (await app.storefrontToken()), body })
const codeOf = ({ status, body }: { status: number; body: { code?: string } | null }) => [
  status,
  body?.code,
]
const me = async (token: string) => (await call('GET', '/auth/me', { token })).status

/** Registers, and logs in before the mail was read. */
async function enter(email = someAddress(), password = PASSWORD) {
  await post('/customer', { email, password, firstName: 'Typed', phone: '+14155551234' })
  const { status, body } = await post('/auth/login', { email, password })
  return { email, status, session: body }
}

describe('in a shop that asks for no verification', () => {
  test('a login before it makes the account, in two round trips, and the next one uses it', async () => {
    const email = someAddress()
    await post('/customer', { email, password: PASSWORD, firstName: 'Jane' })
    const token = await app.storefrontToken()
    app.wire.reset()
    const first = await call('POST', '/auth/login', { token, body: { email, password: PASSWORD } })
    expect([first.status, app.wire.count().trips]).toEqual([200, 2])
    expect(first.body.customer).toMatchObject({
      email,
      firstName: 'Jane',
      status: 'unverified',
      emailVerified: false,
    })
    const second = await post('/auth/login', { email, password: PASSWORD })
    expect(second.body.userId).toBe(first.body.userId)
    expect(await me(first.body.accessToken)).toBe(200)
  })

  test('two logins at once make one account', async () => {
    const email = someAddress()
    await post('/customer', { email, password: PASSWORD })
    const answers = await Promise.all(
      [1, 2].map(() => post('/auth/login', { email, password: PASSWORD })),
    )
    const [rows] = await app.db.run([
      sql`select count(*)::int as count from customer where tenant = ${app.tenant} and email = ${email}`,
    ])
    expect(rows).toEqual([{ count: 1 }])
    expect(answers.some(({ status }) => status === 200)).toBe(true)
  })

  test('the account is verified by its own session, without a password, in one round trip', async () => {
    const { email, session } = await enter()
    const { token } = await mails.next(email)
    app.wire.reset()
    const answer = await post('/auth/verify-email', { token }, session.accessToken)
    expect([answer.status, app.wire.count().trips]).toEqual([200, 1])
    expect(answer.body.customer).toMatchObject({
      id: session.userId,
      status: 'active',
      firstName: 'Typed',
    })
    expect([await me(session.accessToken), await me(answer.body.accessToken)]).toEqual([401, 200])
  })

  test("it is not verified by another account's session", async () => {
    const { email } = await enter()
    const { token } = await mails.next(email)
    const other = await enter()
    expect(codeOf(await post('/auth/verify-email', { token }, other.session.accessToken))).toEqual([
      422,
      'mail_token_invalid',
    ])
  })

  test('who registered a stranger first and logged in loses all of it to the owner of the inbox', async () => {
    const { email, session } = await enter(someAddress(), 'the thief was here 1')
    await post('/customer/me/address', address, session.accessToken)
    await mails.all(email)
    app.advance(60_000)
    await post('/customer', { email, password: PASSWORD })
    const login = await post('/auth/login', { email, password: PASSWORD })
    expect(codeOf(login)).toEqual([403, 'email_unverified'])
    const { token } = await mails.next(email)
    const { body } = await post('/auth/verify-email', { token, password: PASSWORD })
    expect(body.customer).toMatchObject({
      id: session.userId,
      status: 'active',
      firstName: null,
      phone: null,
      addresses: [],
    })
    expect(await me(session.accessToken)).toBe(401)
    // As before, until a day is over: the stranger learns nothing.
    expect(codeOf(await post('/auth/login', { email, password: 'the thief was here 1' }))).toEqual([
      403,
      'email_unverified',
    ])
  })

  test('a reset from the inbox drops what the stranger wrote', async () => {
    const { email, session } = await enter(someAddress(), 'the thief was here 2')
    await mails.all(email)
    app.advance(60_000)
    await post('/auth/password/forgot', { email })
    const { token } = await mails.next(email)
    await post('/auth/password/reset', { token, password: PASSWORD })
    const { body } = await post('/auth/login', { email, password: PASSWORD })
    expect(body.customer).toMatchObject({
      id: session.userId,
      firstName: null,
      phone: null,
      status: 'active',
    })
    expect(await me(session.accessToken)).toBe(401)
  })

  test.each(['/customer', '/customer/find-or-create'])(
    'it does not hold the address against a service at %s: it is a guest from then on',
    async (path) => {
      const { email, session } = await enter()
      const made = await call('POST', path, { body: { email } })
      expect(made.status).toBe(201)
      expect(made.body.id).not.toBe(session.userId)
      expect(await me(session.accessToken)).toBe(401)
      const before = await call('GET', `/customer/${session.userId}`)
      expect(before.body).toMatchObject({ status: 'guest', email })
      const [events] = await app.db.run([
        sql`select type, data -> 'changed' as changed from event
          where tenant = ${app.tenant} and customer_id = ${session.userId} order by sequence desc limit 1`,
      ])
      expect(events).toEqual([{ type: 'customer.updated', changed: ['status'] }])
    },
  )

  test('where there is a guest already, it goes when it has no orders, and stays when it has', async () => {
    const guest = async (email: string) => {
      const { body } = await call('POST', '/customer', { body: { email: someAddress() } })
      await app.db.run([
        sql`update customer set status = 'guest', email = ${email}, email_key = ${email.toLowerCase()}
          where tenant = ${app.tenant} and id = ${body.id}`,
      ])
    }
    const empty = await enter()
    await guest(empty.email)
    expect((await call('POST', '/customer', { body: { email: empty.email } })).status).toBe(201)
    expect((await call('GET', `/customer/${empty.session.userId}`)).status).toBe(404)
    const buyer = await enter()
    await guest(buyer.email)
    await app.db.run([
      sql`update customer set order_count = 1 where tenant = ${app.tenant} and id = ${buyer.session.userId}`,
    ])
    const refused = await call('POST', '/customer', { body: { email: buyer.email } })
    expect(codeOf(refused)).toEqual([409, 'email_taken'])
    expect(await me(buyer.session.accessToken)).toBe(200)
  })

  test('an account that a service made, with the password it has, may log in unverified', async () => {
    const email = someAddress()
    await call('POST', '/customer', { body: { email, password: PASSWORD } })
    expect((await post('/auth/login', { email, password: PASSWORD })).status).toBe(200)
  })
})
