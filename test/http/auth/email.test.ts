import { describe, expect, test } from 'vitest'
import { startTestApp } from '../../support/app.ts'
import { openMails } from '../../support/mail.ts'
import { meanwhile } from '../../support/meanwhile.ts'
import { logIn, makeShopper, PASSWORD, type Shopper, someAddress } from '../../support/shopper.ts'
import { sql } from '../../support/sql.ts'

const app = await startTestApp()
const { call } = app
const mails = openMails(app)
const hour = 60 * 60_000

const post = async (path: string, body: unknown, token?: string) =>
  call('POST', path, { token: token ?? (await app.storefrontToken()), body })
const codeOf = ({ status, body }: { status: number; body: { code?: string } | null }) => [
  status,
  body?.code,
]
const invalid = [422, 'mail_token_invalid']
const me = async (token: string) => (await call('GET', '/auth/me', { token })).status
const login = (email: string, password = PASSWORD) => post('/auth/login', { email, password })

/** Asks for another address; the token is in the mail that went there. */
async function ask(shopper: Shopper, email = someAddress()) {
  const session = await logIn(app, shopper)
  await mails.all()
  const answer = await post(
    '/auth/email/change',
    { email, password: PASSWORD },
    session.accessToken,
  )
  const [mail] = await mails.all(email)
  return { email, session, answer, token: mail?.token ?? '' }
}

/** Moves to another address; `undo` is what the old one was sent. */
async function move(shopper: Shopper, email?: string) {
  const asked = await ask(shopper, email)
  const confirmed = await post('/auth/email/confirm', { token: asked.token, password: PASSWORD })
  const [warning] = await mails.all(shopper.email)
  return { ...asked, confirmed, warning, undo: warning?.token ?? '' }
}

describe('another address', () => {
  test('is asked for with the password, and nothing changes until it is confirmed from there', async () => {
    const shopper = await makeShopper(app)
    const { answer, session, token, email } = await ask(shopper)
    expect([answer.status, answer.text]).toEqual([202, '{"status":"accepted"}'])
    const { body } = await call('GET', '/auth/me', { token: session.accessToken })
    expect(body).toMatchObject({ email: shopper.email, emailVerified: true })
    const confirmed = await post('/auth/email/confirm', { token, password: PASSWORD })
    expect(confirmed.body.customer).toMatchObject({ email, emailVerified: true, status: 'active' })
    expect(await me(confirmed.body.accessToken)).toBe(200)
    expect((await login(email)).status).toBe(200)
    expect(codeOf(await login(shopper.email))).toEqual([401, 'invalid_credentials'])
    const [events] = await app.db.run([
      sql`select type, data -> 'changed' as changed from event
        where tenant = ${app.tenant} and customer_id = ${shopper.id} order by sequence desc limit 1`,
    ])
    expect(events).toEqual([{ type: 'customer.updated', changed: ['email'] }])
  })

  test('is not moved by the session of a thief that a new password is about to end', async () => {
    const shopper = await makeShopper(app)
    const { token, session } = await ask(shopper)
    const answer = await meanwhile(
      `with ended as (delete from session where tenant = $1 and customer_id = $2)
        update customer set claimed_at = now() where tenant = $1 and id = $2`,
      [app.tenant, shopper.id],
      () => post('/auth/email/confirm', { token }, session.accessToken),
    )
    expect(codeOf(answer)).toEqual([401, 'invalid_token'])
    expect((await login(shopper.email)).status).toBe(200)
  })

  test('is confirmed in two round trips, by a session in one', async () => {
    const [one, two] = [await makeShopper(app), await makeShopper(app)]
    const byPassword = await ask(one)
    const bySession = await ask(two)
    const bearer = await app.storefrontToken()
    app.wire.reset()
    await post('/auth/email/confirm', { token: byPassword.token, password: PASSWORD }, bearer)
    expect(app.wire.count().trips).toBe(2)
    app.wire.reset()
    const { status } = await post(
      '/auth/email/confirm',
      { token: bySession.token },
      bySession.session.accessToken,
    )
    expect([status, app.wire.count().trips]).toEqual([200, 1])
  })

  test('confirmed ends every session but the one it opens', async () => {
    const { session, confirmed } = await move(await makeShopper(app))
    expect(await me(session.accessToken)).toBe(401)
    expect(await me(confirmed.body.accessToken)).toBe(200)
  })

  test.each([
    ['by a link alone', async () => ({}), [422, 'invalid_input']],
    ['with a wrong password', async () => ({ password: 'wrong' }), [401, 'invalid_credentials']],
  ])('is not confirmed %s', async (_, more, code) => {
    const shopper = await makeShopper(app)
    const { token } = await ask(shopper)
    expect(codeOf(await post('/auth/email/confirm', { token, ...(await more()) }))).toEqual(code)
    expect((await login(shopper.email)).status).toBe(200)
  })

  test("is not confirmed by another account's session", async () => {
    const { token } = await ask(await makeShopper(app))
    const other = await logIn(app, await makeShopper(app))
    expect(codeOf(await post('/auth/email/confirm', { token }, other.accessToken))).toEqual(invalid)
  })

  test('is asked for again: only the newest link counts', async () => {
    const shopper = await makeShopper(app)
    const first = await ask(shopper)
    const second = await ask(shopper)
    expect(
      codeOf(await post('/auth/email/confirm', { token: first.token, password: PASSWORD })),
    ).toEqual(invalid)
    expect(
      (await post('/auth/email/confirm', { token: second.token, password: PASSWORD })).status,
    ).toBe(200)
    expect(
      codeOf(await post('/auth/email/confirm', { token: second.token, password: PASSWORD })),
    ).toEqual(invalid)
  })

  test('is forgotten after a day', async () => {
    const { token } = await ask(await makeShopper(app))
    app.advance(24 * hour)
    expect(codeOf(await post('/auth/email/confirm', { token, password: PASSWORD }))).toEqual(
      invalid,
    )
  })

  test('of someone else is asked for like any other, and refused to who reads its mails', async () => {
    const taken = await makeShopper(app)
    const { answer, token } = await ask(await makeShopper(app), taken.email)
    expect(answer.status).toBe(202)
    const confirmed = await post('/auth/email/confirm', { token, password: PASSWORD })
    expect(codeOf(confirmed)).toEqual([409, 'email_taken'])
    expect((await login(taken.email)).status).toBe(200)
  })

  test('is confirmed by one of two who want it at once', async () => {
    const email = someAddress()
    const [one, two] = [
      await ask(await makeShopper(app), email),
      await ask(await makeShopper(app), email),
    ]
    app.advance(60_000)
    const again = two.token === '' ? await ask(await makeShopper(app), email) : two
    const answers = await Promise.all(
      [one, again].map(({ token }) => post('/auth/email/confirm', { token, password: PASSWORD })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  test.each([['a wrong password', { password: 'wrong' }, 401, 'invalid_credentials']])(
    'is not asked for with %s',
    async (_, more, status, code) => {
      const { accessToken } = await logIn(app, await makeShopper(app))
      const answer = await post(
        '/auth/email/change',
        { email: someAddress(), ...more },
        accessToken,
      )
      expect(codeOf(answer)).toEqual([status, code])
    },
  )
})

describe('the old address', () => {
  test('is warned, and takes the account back with the link alone, in one round trip', async () => {
    const shopper = await makeShopper(app)
    const { confirmed, warning, undo, email } = await move(shopper)
    expect(warning?.subject).toBe('Your e-mail address at Test Shop was changed')
    expect(warning?.link).toMatch(/^https:\/\/shop\.example\/undo-email\?token=/)
    const bearer = await app.storefrontToken()
    app.wire.reset()
    expect((await post('/auth/email/undo', { token: undo }, bearer)).status).toBe(204)
    expect(app.wire.count().trips).toBe(1)
    const { body } = await call('GET', `/customer/${shopper.id}`)
    expect(body).toMatchObject({ email: shopper.email, emailVerified: true, status: 'active' })
    expect(await me(confirmed.body.accessToken)).toBe(401)
    for (const address of [email, shopper.email]) {
      expect(codeOf(await login(address))).toEqual([401, 'invalid_credentials'])
    }
    const { token, subject } = await mails.next(shopper.email)
    expect(subject).toBe('Set a new password for Test Shop')
    await post('/auth/password/reset', { token, password: 'only the owner 44' })
    expect((await login(shopper.email, 'only the owner 44')).status).toBe(200)
  })

  test('takes it back once', async () => {
    const { undo } = await move(await makeShopper(app))
    const answers = await Promise.all([
      post('/auth/email/undo', { token: undo }),
      post('/auth/email/undo', { token: undo }),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 422])
  })

  test('takes it back after three days no more', async () => {
    const { undo } = await move(await makeShopper(app))
    app.advance(72 * hour)
    expect(codeOf(await post('/auth/email/undo', { token: undo }))).toEqual(invalid)
  })

  test('takes it back however often the account was moved on, and the places between get nothing', async () => {
    const shopper = await makeShopper(app)
    const first = await move(shopper)
    const second = await move({ ...shopper, email: first.email })
    expect(second.confirmed.status).toBe(200)
    expect((await post('/auth/email/undo', { token: first.undo })).status).toBe(204)
    expect((await call('GET', `/customer/${shopper.id}`)).body.email).toBe(shopper.email)
    expect(codeOf(await post('/auth/email/undo', { token: second.undo }))).toEqual(invalid)
  })

  test("stays reserved: nobody else's account, however it is made", async () => {
    const shopper = await makeShopper(app)
    const attempt = { email: shopper.email, password: PASSWORD }
    const { undo } = await move(shopper)
    app.advance(60_000)
    await post('/customer', attempt)
    const { email } = shopper
    expect(codeOf(await call('POST', '/customer', { body: { email } }))).toEqual([
      409,
      'email_taken',
    ])
    const other = await makeShopper(app)
    expect(codeOf(await call('PATCH', `/customer/${other.id}`, { body: { email } }))).toEqual([
      409,
      'email_taken',
    ])
    expect(codeOf((await move(other, email)).confirmed)).toEqual(invalid)
    expect((await post('/auth/email/undo', { token: undo })).status).toBe(204)
  })

  test('tells an inbox that asks for it so, in mails without a link; when it is free they have one at once', async () => {
    const shopper = await makeShopper(app)
    const other = await makeShopper(app)
    const { email } = shopper
    const ways = {
      register: () => post('/customer', { email, password: PASSWORD }),
      resend: () => post('/auth/verify-email/resend', { email }),
      change: async () => {
        const { accessToken } = await logIn(app, other)
        await post('/auth/email/change', { email, password: PASSWORD }, accessToken)
      },
    }
    const asked = async () => {
      const said: Record<string, unknown> = {}
      for (const [way, ask] of Object.entries(ways)) {
        await ask()
        const [mail] = await mails.all(email)
        said[way] = [mail?.subject, mail?.link !== '']
        app.advance(60_000)
      }
      return said
    }
    await move(shopper)
    app.advance(71 * hour)
    const held = ['This e-mail address is not free yet at Test Shop', false]
    expect(await asked()).toEqual({ register: held, resend: held, change: held })
    app.advance(hour - 4 * 60_000)
    await post('/customer', { email, password: PASSWORD })
    await mails.all(email)
    app.advance(61_000)
    const proof = ['Confirm your e-mail address for Test Shop', true]
    expect(await asked()).toEqual({
      register: proof,
      resend: proof,
      change: ['Confirm your new e-mail address for Test Shop', true],
    })
    await post('/auth/verify-email/resend', { email, password: PASSWORD })
    const { token } = await mails.next(email)
    expect((await post('/auth/verify-email', { token, password: PASSWORD })).status).toBe(200)
  })

  test('is free again after three days', async () => {
    const shopper = await makeShopper(app)
    await move(shopper)
    app.advance(72 * hour)
    expect((await call('POST', '/customer', { body: { email: shopper.email } })).status).toBe(201)
  })

  test('is free again at once when the account is deleted', async () => {
    const shopper = await makeShopper(app)
    await move(shopper)
    await call('DELETE', `/customer/${shopper.id}`)
    expect((await call('POST', '/customer', { body: { email: shopper.email } })).status).toBe(201)
  })

  test('returns to a disabled account, which stays closed', async () => {
    const shopper = await makeShopper(app)
    const { undo } = await move(shopper)
    await call('POST', `/customer/${shopper.id}/disable`)
    expect((await post('/auth/email/undo', { token: undo })).status).toBe(204)
    const { body } = await call('GET', `/customer/${shopper.id}`)
    expect(body).toMatchObject({ email: shopper.email, status: 'disabled' })
    expect(await mails.all(shopper.email)).toEqual([])
  })
})
