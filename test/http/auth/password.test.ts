import { describe, expect, test } from 'vitest'
import { makePasswordHasher } from '../../../src/core/identity/password-hasher.ts'
import { startTestApp } from '../../support/app.ts'
import { openMails } from '../../support/mail.ts'
import { meanwhile } from '../../support/meanwhile.ts'
import { logIn, makeShopper, PASSWORD, type Shopper, someAddress } from '../../support/shopper.ts'
import { sql } from '../../support/sql.ts'
import { until } from '../../support/until.ts'

const app = await startTestApp()
const { call } = app
const mails = openMails(app)
const NEW = 'another quiet river 43'

const post = async (path: string, body: unknown, token?: string) =>
  call('POST', path, {
    token: token ?? (await app.storefrontToken()),
    body,
    headers: { 'CF-Connecting-IP': '198.51.100.1' },
  })
const codeOf = ({ status, body }: { status: number; body: { code?: string } | null }) => [
  status,
  body?.code,
]
const me = async (token: string) => (await call('GET', '/auth/me', { token })).status
const login = ({ email }: Pick<Shopper, 'email'>, password: string) =>
  post('/auth/login', { email, password })
const resetLink = async ({ email }: Pick<Shopper, 'email'>) => {
  await mails.all(email)
  await post('/auth/password/forgot', { email: email.toUpperCase() })
  return (await mails.next(email)).token
}

describe('a forgotten password', () => {
  test('is set anew with the link from the inbox, in one round trip each', async () => {
    const shopper = await makeShopper(app)
    const bearer = await app.storefrontToken()
    await mails.all()
    app.wire.reset()
    const asked = await call('POST', '/auth/password/forgot', {
      token: bearer,
      body: { email: shopper.email },
    })
    expect([asked.status, asked.text, app.wire.count().trips]).toEqual([
      202,
      '{"status":"accepted"}',
      1,
    ])
    const { link, token } = await mails.next(shopper.email)
    expect(link).toMatch(/^https:\/\/shop\.example\/reset-password\?token=cust_/)
    app.wire.reset()
    const answer = await call('POST', '/auth/password/reset', {
      token: bearer,
      body: { token, password: NEW },
    })
    expect([answer.status, answer.text, app.wire.count().trips]).toEqual([204, '', 1])
    expect((await login(shopper, NEW)).status).toBe(200)
    expect(codeOf(await login(shopper, PASSWORD))).toEqual([401, 'invalid_credentials'])
  })

  test('set anew ends every session', async () => {
    const shopper = await makeShopper(app)
    const session = await logIn(app, shopper)
    await post('/auth/password/reset', { token: await resetLink(shopper), password: NEW })
    expect(await me(session.accessToken)).toBe(401)
    const refreshed = await post('/auth/refresh', { refreshToken: session.refreshToken })
    expect(refreshed.body.code).toBe('session_ended')
  })

  test('is set anew once by one link, and not by an older one', async () => {
    const shopper = await makeShopper(app)
    const old = await resetLink(shopper)
    app.advance(60_000)
    const token = await resetLink(shopper)
    expect(codeOf(await post('/auth/password/reset', { token: old, password: NEW }))).toEqual([
      422,
      'mail_token_invalid',
    ])
    const twice = await Promise.all([
      post('/auth/password/reset', { token, password: NEW }),
      post('/auth/password/reset', { token, password: `${NEW}!` }),
    ])
    expect(twice.map(({ status }) => status).sort()).toEqual([204, 422])
  })

  test('is not set anew by a link that is a day old', async () => {
    const shopper = await makeShopper(app)
    const token = await resetLink(shopper)
    app.advance(24 * 60 * 60_000)
    const answer = await post('/auth/password/reset', { token, password: NEW })
    expect(codeOf(answer)).toEqual([422, 'mail_token_invalid'])
  })

  test('is not replaced by a weak one, and the link stays good', async () => {
    const shopper = await makeShopper(app)
    const token = await resetLink(shopper)
    expect(codeOf(await post('/auth/password/reset', { token, password: 'password' }))).toEqual([
      422,
      'invalid_input',
    ])
    expect((await post('/auth/password/reset', { token, password: NEW })).status).toBe(204)
  })

  test('of a disabled account stays as it is, and no mail is sent', async () => {
    const shopper = await makeShopper(app)
    const token = await resetLink(shopper)
    await call('POST', `/customer/${shopper.id}/disable`)
    expect(codeOf(await post('/auth/password/reset', { token, password: NEW }))).toEqual([
      422,
      'mail_token_invalid',
    ])
    app.advance(60_000)
    await post('/auth/password/forgot', { email: shopper.email })
    expect(await mails.all(shopper.email)).toEqual([])
  })

  test('of nobody is answered alike, and mails nobody', async () => {
    const email = someAddress()
    const answer = await post('/auth/password/forgot', { email })
    expect([answer.status, answer.text]).toEqual([202, '{"status":"accepted"}'])
    expect(await mails.all(email)).toEqual([])
  })

  test('can be set anew however often the old one was tried, and the new one works at once', async () => {
    const shopper = await makeShopper(app)
    for (let i = 0; i < 6; i++) await login(shopper, `wrong ${i}`)
    expect(codeOf(await login(shopper, PASSWORD))).toEqual([429, 'too_many_attempts'])
    const token = await resetLink(shopper)
    expect((await post('/auth/password/reset', { token, password: NEW })).status).toBe(204)
    expect((await login(shopper, NEW)).status).toBe(200)
  })

  test('links whose address the account no longer has change nothing', async () => {
    const shopper = await makeShopper(app)
    const token = await resetLink(shopper)
    await call('PATCH', `/customer/${shopper.id}`, { body: { email: someAddress() } })
    expect(codeOf(await post('/auth/password/reset', { token, password: NEW }))).toEqual([
      422,
      'mail_token_invalid',
    ])
  })
})

describe('an account that a service made without a password', () => {
  test('is claimed by a reset: verified, without what nobody vouched for', async () => {
    const email = someAddress()
    const { body: made } = await call('POST', '/customer', { body: { email, firstName: 'Jane' } })
    await call('POST', `/customer/${made.id}/address`, {
      body: {
        line1: '1 Main St',
        city: 'San Francisco',
        state: 'CA',
        postalCode: '94102',
        country: 'US',
      },
    })
    await app.db.run([
      sql`insert into address (tenant, id, customer_id, line1, country, sameness, keys, unproven, created_at, updated_at)
        values (${app.tenant}, ${`addr_${made.id.slice(5)}`}, ${made.id}, 'By a stranger', 'US', 'x', '{}', true, now(), now())`,
    ])
    expect((await call('POST', `/customer/${made.id}/password-reset`)).status).toBe(202)
    const { token } = await mails.next(email)
    await post('/auth/password/reset', { token, password: NEW })
    const { body } = await login({ email }, NEW)
    expect(body.customer).toMatchObject({
      id: made.id,
      status: 'active',
      emailVerified: true,
      firstName: 'Jane',
      addresses: [{ line1: '1 Main St', isDefault: true }],
    })
    const [events] = await app.db.run([
      sql`select type, data -> 'changed' as changed from event
        where tenant = ${app.tenant} and customer_id = ${made.id} order by sequence desc limit 1`,
    ])
    expect(events).toEqual([
      { type: 'customer.email_verified', changed: ['addresses', 'emailVerified', 'status'] },
    ])
  })

  test.each([
    ['a guest', 'guest', 'customer_is_guest', 409],
    ['a disabled account', 'disabled', 'customer_disabled', 403],
    ['a deleted one', 'deleted', 'customer_not_found', 404],
  ])('staff has no link sent to %s', async (_, status, code, answered) => {
    const { body } = await call('POST', '/customer', { body: { email: someAddress() } })
    await app.db.run([
      sql`update customer set status = ${status} where tenant = ${app.tenant} and id = ${body.id}`,
    ])
    expect(codeOf(await call('POST', `/customer/${body.id}/password-reset`))).toEqual([
      answered,
      code,
    ])
  })
})

describe('a password', () => {
  test('is changed with the present one, in two round trips; other sessions end, this one stays', async () => {
    const shopper = await makeShopper(app)
    const here = await logIn(app, shopper)
    const there = await logIn(app, shopper)
    app.wire.reset()
    const body = { currentPassword: PASSWORD, password: NEW }
    const answer = await post('/auth/password/change', body, here.accessToken)
    expect([answer.status, app.wire.count().trips]).toEqual([204, 2])
    expect([await me(here.accessToken), await me(there.accessToken)]).toEqual([200, 401])
    expect((await login(shopper, NEW)).status).toBe(200)
    const subjects = (await mails.all(shopper.email)).map(({ subject }) => subject)
    expect(subjects).toContain('Your password for Test Shop was changed')
  })

  test('changed voids the links to reset it', async () => {
    const shopper = await makeShopper(app)
    const token = await resetLink(shopper)
    const session = await logIn(app, shopper)
    await post(
      '/auth/password/change',
      { currentPassword: PASSWORD, password: NEW },
      session.accessToken,
    )
    expect(codeOf(await post('/auth/password/reset', { token, password: NEW }))).toEqual([
      422,
      'mail_token_invalid',
    ])
  })

  test.each([
    [
      'a wrong present one',
      { currentPassword: 'wrong', password: NEW },
      401,
      'invalid_credentials',
    ],
    ['a weak new one', { currentPassword: PASSWORD, password: 'password' }, 422, 'invalid_input'],
  ])('is not changed with %s', async (_, body, status, code) => {
    const shopper = await makeShopper(app)
    const { accessToken } = await logIn(app, shopper)
    expect(codeOf(await post('/auth/password/change', body, accessToken))).toEqual([status, code])
    expect((await login(shopper, PASSWORD)).status).toBe(200)
  })

  test('changed while someone logs in with the old one lets nobody in by it', async () => {
    const shopper = await makeShopper(app)
    const { accessToken } = await logIn(app, shopper)
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const bearer = await app.storefrontToken()
    app.wire.faults.add({
      at: 'before',
      do: 'hold',
      until: held,
      when: ({ queries }) => queries.some(({ query }) => query.includes('open_session')),
    })
    const entering = call('POST', '/auth/login', {
      token: bearer,
      body: { email: shopper.email, password: PASSWORD },
    })
    await until(async () => app.wire.faults.left === 0)
    const change = { currentPassword: PASSWORD, password: NEW }
    expect((await post('/auth/password/change', change, accessToken)).status).toBe(204)
    release()
    expect(codeOf(await entering)).toEqual([401, 'invalid_credentials'])
  })

  test.each([
    ['/auth/password/change', { currentPassword: PASSWORD, password: 'the thief stays 88' }],
    ['/auth/email/change', { password: PASSWORD, email: someAddress() }],
  ])(
    'set anew from the inbox at the same moment is not undone by %s with the old one',
    async (path, body) => {
      const shopper = await makeShopper(app)
      const { accessToken } = await logIn(app, shopper)
      const owner = await call('POST', '/customer', {
        body: { email: someAddress(), password: NEW },
      })
      const answer = await meanwhile(
        `with ended as (delete from session where tenant = $1 and customer_id = $2)
          update customer set password_hash = (select password_hash from customer where id = $3)
          where tenant = $1 and id = $2`,
        [app.tenant, shopper.id, owner.body.id],
        () => post(path, body, accessToken),
      )
      expect(codeOf(answer)).toEqual([401, 'invalid_credentials'])
      expect((await login(shopper, NEW)).status).toBe(200)
    },
  )

  test('is too long to be tried at 257 bytes', async () => {
    const shopper = await makeShopper(app)
    expect(codeOf(await login(shopper, 'x'.repeat(257)))).toEqual([422, 'invalid_input'])
  })

  test('hashed with less than today is hashed anew at the next login', async () => {
    const shopper = await makeShopper(app)
    const hashOf = async () => {
      const [rows] = await app.db.run([
        sql`select password_hash as hash from customer where tenant = ${app.tenant} and id = ${shopper.id}`,
      ])
      return String(rows?.[0]?.hash)
    }
    const weak = await makePasswordHasher({ ln: 3, r: 8, p: 1 }).hash(PASSWORD)
    await app.db.run([
      sql`update customer set password_hash = ${weak} where tenant = ${app.tenant} and id = ${shopper.id}`,
    ])
    await logIn(app, shopper)
    const strong = await hashOf()
    expect(strong).toMatch(/^\$scrypt\$ln=4,/)
    await logIn(app, shopper)
    expect(await hashOf()).toBe(strong)
  })
})

describe('an account is deleted by its owner', () => {
  const remove = async (token: string, body?: unknown) =>
    call('DELETE', '/customer/me', { token, ...(body === undefined ? {} : { body }) })

  test('with the password, in two round trips', async () => {
    const shopper = await makeShopper(app)
    const { accessToken } = await logIn(app, shopper)
    app.wire.reset()
    expect((await remove(accessToken, { currentPassword: PASSWORD })).status).toBe(204)
    expect(app.wire.count().trips).toBe(2)
    expect(await me(accessToken)).toBe(401)
    expect((await call('GET', `/customer/${shopper.id}`)).status).toBe(404)
    expect(codeOf(await login(shopper, PASSWORD))).toEqual([401, 'invalid_credentials'])
  })

  test('not with a wrong password', async () => {
    const shopper = await makeShopper(app)
    const { accessToken } = await logIn(app, shopper)
    const wrong = await remove(accessToken, { currentPassword: 'wrong' })
    expect(codeOf(wrong)).toEqual([401, 'invalid_credentials'])
    expect(await me(accessToken)).toBe(200)
  })
})
