import { describe, expect, test } from 'vitest'
import { startTestApp } from '../../support/app.ts'
import { openMails } from '../../support/mail.ts'
import { logIn, makeShopper, PASSWORD, someAddress } from '../../support/shopper.ts'
import { sql } from '../../support/sql.ts'

const app = await startTestApp()
const { call } = app
const mails = openMails(app)
const minute = 60_000

const post = async (path: string, body: unknown, token?: string) =>
  call('POST', path, { token: token ?? (await app.storefrontToken()), body })
const register = (email: string, password = PASSWORD, more = {}) =>
  post('/customer', { email, password, ...more })
const verify = (token: string, password?: string) =>
  post('/auth/verify-email', { token, ...(password === undefined ? {} : { password }) })
const codeOf = ({ status, body }: { status: number; body: { code?: string } | null }) => [
  status,
  body?.code,
]
const eventsOf = async (id: string) => {
  const [rows = []] = await app.db.run([
    sql`select type from event where tenant = ${app.tenant} and customer_id = ${id} order by sequence`,
  ])
  return rows.map(({ type }) => type)
}

describe('a registration', () => {
  test('becomes an account when its link comes with its password, and the shopper is logged in', async () => {
    const email = someAddress()
    await register(email, PASSWORD, { firstName: 'Jane', metadata: { size: 'M' } })
    const { token } = await mails.next(email)
    const { status, body } = await verify(token, PASSWORD)
    expect(status).toBe(200)
    expect(body.customer).toMatchObject({
      email,
      status: 'active',
      emailVerified: true,
      firstName: 'Jane',
      metadata: { size: 'M' },
    })
    expect((await call('GET', '/customer/me', { token: body.accessToken })).body.id).toBe(
      body.userId,
    )
    expect(await eventsOf(body.userId)).toEqual(['customer.created', 'customer.email_verified'])
    await logIn(app, { id: body.userId, email, password: PASSWORD })
  })

  test('costs two round trips to prove', async () => {
    const email = someAddress()
    await register(email)
    const { token } = await mails.next(email)
    const bearer = await app.storefrontToken()
    app.wire.reset()
    await call('POST', '/auth/verify-email', { token: bearer, body: { token, password: PASSWORD } })
    expect(app.wire.count().trips).toBe(2)
  })

  test('is not changed by a link alone, which a mail scanner may open', async () => {
    const email = someAddress()
    await register(email)
    const { token } = await mails.next(email)
    expect(codeOf(await verify(token))).toEqual([422, 'invalid_input'])
    expect(codeOf(await verify(token, 'password'))).toEqual([422, 'invalid_input'])
    expect((await verify(token, PASSWORD)).status).toBe(200)
  })

  test('whose password its owner has forgotten takes a new one, and nothing else that was typed', async () => {
    const email = someAddress()
    await register(email, PASSWORD, { firstName: 'Jane', phone: '+14155551234' })
    const { token } = await mails.next(email)
    const { status, body } = await verify(token, 'chosen at the link 7')
    expect([status, body.customer.firstName, body.customer.phone]).toEqual([200, null, null])
    expect((await post('/auth/login', { email, password: 'chosen at the link 7' })).status).toBe(
      200,
    )
    const typed = await post('/auth/login', { email, password: PASSWORD })
    expect(codeOf(typed)).toEqual([403, 'email_unverified'])
  })

  test.each(['GET', 'HEAD', 'OPTIONS'])(
    'is not changed by a %s of its link, on the way or at the end of it',
    async (method) => {
      const email = someAddress()
      await register(email)
      const { link, token } = await mails.next(email)
      for (const path of ['/verify-email', '/auth/verify-email', '/auth/password/reset']) {
        const { status } = await app.request(`${path}${new URL(link).search}`, {
          method,
          headers: { Authorization: `Bearer ${await app.storefrontToken()}` },
        })
        const other = method === 'OPTIONS' ? 204 : 405
        expect(status).toBe(path === '/verify-email' ? 404 : other)
      }
      expect((await verify(token, PASSWORD)).status).toBe(200)
    },
  )

  test('is proven once', async () => {
    const email = someAddress()
    await register(email)
    const { token } = await mails.next(email)
    await verify(token, PASSWORD)
    expect(codeOf(await verify(token, PASSWORD))).toEqual([422, 'mail_token_invalid'])
  })

  test('is proven once, also by two at once', async () => {
    const email = someAddress()
    await register(email)
    const { token } = await mails.next(email)
    const answers = await Promise.all([verify(token, PASSWORD), verify(token, PASSWORD)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422])
  })

  test('is forgotten after a day', async () => {
    const email = someAddress()
    await register(email)
    const { token } = await mails.next(email)
    app.advance(24 * 60 * minute)
    expect(codeOf(await verify(token, PASSWORD))).toEqual([422, 'mail_token_invalid'])
  })

  test.each([
    ['his own link', 1],
    ["a stranger's link, which came first", 0],
  ])("of a stranger gains nothing: the owner's password counts, with %s", async (_, which) => {
    const email = someAddress()
    await register(email, 'the thief was here 1', { firstName: 'Thief', phone: '+14155550199' })
    const links = [await mails.next(email)]
    app.advance(minute)
    await register(email, PASSWORD, { firstName: 'Jane' })
    links.push(await mails.next(email))
    const { body } = await verify(String(links[which]?.token), PASSWORD)
    // The profile is that of the registration whose password it is.
    expect(body.customer).toMatchObject({ status: 'active', firstName: 'Jane', phone: null })
    expect((await post('/auth/login', { email, password: PASSWORD })).status).toBe(200)
    for (const link of links) {
      const late = await verify(link.token, 'the thief was here 1')
      expect(codeOf(late)).toEqual([422, 'mail_token_invalid'])
    }
    // What the stranger is told does not change when the owner appears, until a day is over.
    const thief = () => post('/auth/login', { email, password: 'the thief was here 1' })
    expect(codeOf(await thief())).toEqual([403, 'email_unverified'])
    app.advance(24 * 60 * minute)
    expect(codeOf(await thief())).toEqual([401, 'invalid_credentials'])
    const [kept = []] = await app.db.run([
      sql`select * from attempt where tenant = ${app.tenant} and email_key = ${email.toLowerCase()}`,
    ])
    expect(JSON.stringify(kept)).not.toMatch(/Thief|Jane|0199/)
  })

  test('without a password lets the owner of the inbox choose one, and drops all other typed data', async () => {
    const email = someAddress()
    await post('/customer', { email, firstName: 'Someone', phone: '+14155551234' })
    const { token } = await mails.next(email)
    expect(codeOf(await verify(token, 'password'))).toEqual([422, 'invalid_input'])
    const { body } = await verify(token, 'chosen by the owner')
    expect(body.customer).toMatchObject({ firstName: null, phone: null, status: 'active' })
    expect((await post('/auth/login', { email, password: 'chosen by the owner' })).status).toBe(200)
  })

  test('gets a new link on request, which voids the old one', async () => {
    const email = someAddress()
    await register(email)
    const old = await mails.next(email)
    app.advance(minute)
    const answer = await post('/auth/verify-email/resend', { email })
    expect([answer.status, answer.body]).toEqual([202, { status: 'accepted' }])
    const fresh = await mails.next(email)
    expect(codeOf(await verify(old.token, PASSWORD))).toEqual([422, 'mail_token_invalid'])
    expect((await verify(fresh.token, PASSWORD)).status).toBe(200)
  })

  test('among several is the one whose password is named', async () => {
    const email = someAddress()
    await register(email)
    await mails.all()
    app.advance(minute)
    await register(email, 'the thief was here 2')
    await mails.all()
    app.advance(minute)
    await post('/auth/verify-email/resend', { email, password: PASSWORD })
    const { token } = await mails.next(email)
    expect((await verify(token, PASSWORD)).status).toBe(200)
  })

  test('claims the account that a service made meanwhile, with the password of the registration', async () => {
    const email = someAddress()
    await register(email)
    const { token } = await mails.next(email)
    const made = await call('POST', '/customer', {
      body: { email, firstName: 'Till', password: 'typed at the till 9' },
    })
    const { body } = await verify(token, PASSWORD)
    expect(body.customer).toMatchObject({ id: made.body.id, firstName: 'Till', status: 'active' })
    const old = await post('/auth/login', { email, password: 'typed at the till 9' })
    expect(codeOf(old)).toEqual([401, 'invalid_credentials'])
    expect(await eventsOf(made.body.id)).toEqual(['customer.created', 'customer.email_verified'])
  })

  test.each([
    ['that of the registration', PASSWORD],
    ['a new one', 'chosen at the link 7'],
  ])(
    'of an address that has an account by now sets its password: %s, and brings nothing else into it',
    async (_, password) => {
      const email = someAddress()
      await register(email, PASSWORD, { firstName: 'Typed', phone: '+14155550199' })
      const { token } = await mails.next(email)
      const old = 'the old quiet river 9'
      const made = await makeShopper(app, { email, firstName: 'Jane', password: old })
      const shopper = { ...made, email, password: old }
      const { accessToken } = await logIn(app, shopper)
      const { status, body } = await verify(token, password)
      expect(status).toBe(200)
      expect(body.customer).toMatchObject({ id: shopper.id, firstName: 'Jane', phone: null })
      expect((await call('GET', '/auth/me', { token: accessToken })).status).toBe(401)
      expect((await post('/auth/login', { email, password })).status).toBe(200)
      const late = await post('/auth/login', { email, password: old })
      expect(codeOf(late)).toEqual([401, 'invalid_credentials'])
    },
  )

  test('of an address whose account is disabled proves nothing', async () => {
    const email = someAddress()
    await register(email)
    const { token } = await mails.next(email)
    const { body } = await call('POST', '/customer', { body: { email } })
    await call('POST', `/customer/${body.id}/disable`)
    expect(codeOf(await verify(token, PASSWORD))).toEqual([422, 'mail_token_invalid'])
  })
})

describe('an account that a service made', () => {
  test('with a password gets a mail, and is claimed with that password', async () => {
    const email = someAddress()
    const { body: made } = await call('POST', '/customer', { body: { email, password: PASSWORD } })
    const { token, subject } = await mails.next(email)
    expect(subject).toBe('Confirm your e-mail address for Test Shop')
    expect(codeOf(await verify(token, 'password'))).toEqual([422, 'invalid_input'])
    const { body } = await verify(token, PASSWORD)
    expect(body.customer).toMatchObject({ id: made.id, status: 'active', emailVerified: true })
  })

  test('with a password that its owner does not know takes another one, as by a reset', async () => {
    const email = someAddress()
    await call('POST', '/customer', { body: { email, password: 'typed at the till 9' } })
    const { token } = await mails.next(email)
    expect((await verify(token, PASSWORD)).status).toBe(200)
    expect((await post('/auth/login', { email, password: PASSWORD })).status).toBe(200)
    const typed = await post('/auth/login', { email, password: 'typed at the till 9' })
    expect(codeOf(typed)).toEqual([401, 'invalid_credentials'])
  })

  test('without a password gets none until staff sends one, and its owner chooses the password', async () => {
    const email = someAddress()
    const { body: made } = await call('POST', '/customer', { body: { email, firstName: 'Jane' } })
    expect(await mails.all(email)).toEqual([])
    expect((await call('POST', `/customer/${made.id}/verify-email/resend`)).status).toBe(202)
    const { token } = await mails.next(email)
    const { body } = await verify(token, PASSWORD)
    expect(body.customer).toMatchObject({ id: made.id, firstName: 'Jane', status: 'active' })
  })

  test.each([
    ['verified', async () => (await makeShopper(app)).id, 'email_already_verified'],
    [
      'disabled',
      async () => {
        const { body } = await call('POST', '/customer', { body: { email: someAddress() } })
        await call('POST', `/customer/${body.id}/disable`)
        return body.id
      },
      'customer_disabled',
    ],
  ])('that is %s is not asked to verify', async (_, make, code) => {
    const answer = await call('POST', `/customer/${await make()}/verify-email/resend`)
    expect(answer.body.code).toBe(code)
  })

  test('disabled before its link was opened stays closed', async () => {
    const email = someAddress()
    const { body: made } = await call('POST', '/customer', { body: { email, password: PASSWORD } })
    const { token } = await mails.next(email)
    await call('POST', `/customer/${made.id}/disable`)
    expect(codeOf(await verify(token, PASSWORD))).toEqual([422, 'mail_token_invalid'])
  })

  test('moved to another address does not heed the link of the old one', async () => {
    const email = someAddress()
    const { body: made } = await call('POST', '/customer', { body: { email, password: PASSWORD } })
    const { token } = await mails.next(email)
    await call('PATCH', `/customer/${made.id}`, { body: { email: someAddress() } })
    expect(codeOf(await verify(token, PASSWORD))).toEqual([422, 'mail_token_invalid'])
  })
})

describe('a link', () => {
  const issued = async () => {
    const email = someAddress()
    await register(email)
    return (await mails.next(email)).token
  }

  test.each([
    ['nonsense', () => 'nonsense'],
    ['cut off', (token: string) => token.slice(0, -1)],
    [
      'of someone else',
      (token: string) => token.replace(/^att_.{26}/, 'att_01jz5qk8f3e8ar1vp0h2n4x6ab'),
    ],
    ['altered', (token: string) => `${token.slice(0, -2)}${token.endsWith('A') ? 'BB' : 'AA'}`],
    ['for another purpose', (token: string) => token, '/auth/password/reset'],
  ])('that is %s proves nothing', async (_, alter, path = '/auth/verify-email') => {
    const answer = await post(path, { token: alter(await issued()), password: PASSWORD })
    expect(codeOf(answer)).toEqual([422, 'mail_token_invalid'])
  })

  test('proves nothing in another tenant', async () => {
    const token = await issued()
    const answer = await post(
      '/auth/verify-email',
      { token, password: PASSWORD },
      await app.strangerToken(),
    )
    expect(codeOf(answer)).toEqual([422, 'mail_token_invalid'])
  })

  test('is not in the database, and the mail is gone from it once it was sent', async () => {
    const email = someAddress()
    await register(email)
    const { token } = await mails.next(email)
    const secret = token.split('.').at(-1)
    const [kept, waiting] = await app.db.run([
      sql`select to_json(t)::text as row from mail_token t where tenant = ${app.tenant}`,
      sql`select id from mail where tenant = ${app.tenant} and recipient = ${email}`,
    ])
    expect(kept?.some(({ row }) => String(row).includes(String(secret)))).toBe(false)
    expect(waiting).toEqual([])
  })

  test('that was replaced before its mail went out is not sent', async () => {
    const email = someAddress()
    await register(email)
    await app.db.run([
      sql`delete from mail_token where tenant = ${app.tenant} and email_key = ${email.toLowerCase()}`,
    ])
    expect(await mails.all(email)).toEqual([])
  })
})
