import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { PASSWORD, startHanzoApp } from '../../support/hanzo.ts'
import { someAddress } from '../../support/shopper.ts'
import { sql } from '../../support/sql.ts'

const OTHER = 'anotherriver43'

describe.each(['iam', 'casdoor'] as const)('with the users of Hanzo ID (%s)', async (api) => {
  const shop = await startHanzoApp({ api })
  const { hanzo, ask, inbox, makeShopper, logIn, me } = shop
  const isForbidden = (email: string) => hanzo.userOf(email)?.isForbidden

  test('a registration makes no user before the inbox is proven, and then one with its password', async () => {
    const email = someAddress()
    const answer = await ask('POST', '/customer', { email, password: PASSWORD, firstName: 'Jane' })
    expect([answer.status, answer.body]).toEqual([202, { status: 'accepted' }])
    expect(hanzo.userOf(email)).toBeUndefined()
    const { token } = await inbox.next(email)
    const weak = await ask('POST', '/auth/verify-email', { token, password: 'password' })
    expect(weak.body.code).toBe('invalid_input')
    expect(hanzo.userOf(email)).toBeUndefined()
    const { status, body } = await ask('POST', '/auth/verify-email', { token, password: PASSWORD })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      tokenType: 'Bearer',
      customer: { email, status: 'active', firstName: 'Jane' },
    })
    expect(hanzo.userOf(email)).toMatchObject({ emailVerified: true, password: PASSWORD })
    expect((await me(body.accessToken)).body.id).toBe(body.userId)
  })

  test('a session has the access token of Hanzo ID and a refresh token of ours', async () => {
    const shopper = await makeShopper()
    const { status, body } = await logIn(shopper.email)
    expect(status).toBe(200)
    expect(decodeJwt(body.accessToken)).toMatchObject({ iss: hanzo.url, owner: shop.tenant })
    expect(body.refreshToken).toMatch(/^rt_/)
    expect(body.expiresIn).toBeGreaterThan(3500)
    expect(body.expiresIn).toBeLessThanOrEqual(3600)
    expect((await me(body.accessToken)).body.id).toBe(shopper.id)
  })

  const refresh = (refreshToken: string) => ask('POST', '/auth/refresh', { refreshToken })

  test('a refresh gives new tokens, and the same refresh token again when its reply was lost', async () => {
    const { session } = await makeShopper()
    const next = await refresh(session.refreshToken)
    expect(next.status).toBe(200)
    expect(next.body.accessToken).not.toBe(session.accessToken)
    const again = await refresh(session.refreshToken)
    expect(again.body.refreshToken).toBe(next.body.refreshToken)
    for (const { body } of [next, again]) expect((await me(body.accessToken)).status).toBe(200)
    expect((await refresh(again.body.refreshToken)).status).toBe(200)
  })

  test('a spent refresh token ends the session, here and at Hanzo ID, and the owner is told', async () => {
    const { id, email, session } = await makeShopper()
    const next = await refresh(session.refreshToken)
    const others = hanzo.refreshable() - 1
    shop.advance(11_000)
    const again = await refresh(session.refreshToken)
    expect([again.status, again.body.code]).toEqual([401, 'session_ended'])
    expect((await me(next.body.accessToken)).status).toBe(401)
    expect((await me(session.accessToken)).status).toBe(401)
    expect(hanzo.refreshable()).toBe(api === 'iam' ? others : others + 1)
    expect((await inbox.next(email)).subject).toBe(
      'A session of your account at Test Shop was ended',
    )
    const { body } = await shop.call('GET', `/customer/${id}/event`)
    expect(body.data.map(({ type }: { type: string }) => type)).toContain('customer.session_reused')
  })

  test('of three refreshes at once one asks Hanzo ID, and the others get the same a second later', async () => {
    const { session } = await makeShopper()
    const asked = hanzo.asked.length
    const all = await Promise.all([1, 2, 3].map(() => refresh(session.refreshToken)))
    const [won, ...more] = all.filter(({ status }) => status === 200)
    expect(
      hanzo.asked.slice(asked).filter(({ body }) => body.includes('refresh_token=')),
    ).toHaveLength(1 + more.length)
    for (const { status, body, headers } of all) {
      if (status === 200) expect(body.refreshToken).toBe(won?.body.refreshToken)
      else
        expect([status, body.code, headers.get('Retry-After')]).toEqual([
          503,
          'issuer_unavailable',
          '1',
        ])
    }
    const late = await refresh(session.refreshToken)
    expect(late.body.refreshToken).toBe(won?.body.refreshToken)
    expect((await me(late.body.accessToken)).status).toBe(200)
  })

  test('a worker that dies while it asks Hanzo ID keeps nobody waiting for longer than half a minute', async () => {
    const { id, session } = await makeShopper()
    const until = new Date(shop.runtime.now().getTime() + 30_000).toISOString()
    await shop.db.run([
      sql`update session set renewing_until = ${until} where tenant = ${shop.tenant} and customer_id = ${id}`,
    ])
    expect((await refresh(session.refreshToken)).status).toBe(503)
    shop.advance(30_000)
    expect((await refresh(session.refreshToken)).status).toBe(200)
  })

  test('a logout ends the session at once, though the token lives on at Hanzo ID', async () => {
    const { session } = await makeShopper()
    expect((await ask('POST', '/auth/logout', { refreshToken: session.refreshToken })).status).toBe(
      204,
    )
    expect((await me(session.accessToken)).body.code).toBe('invalid_token')
    expect(
      (await ask('POST', '/auth/refresh', { refreshToken: session.refreshToken })).status,
    ).toBe(401)
  })

  test('sessions are listed, and one ends without the others', async () => {
    const shopper = await makeShopper()
    const { body: second } = await logIn(shopper.email)
    const { body } = await ask('GET', '/auth/session', undefined, second.accessToken)
    expect(body.data).toHaveLength(2)
    const [{ id, current }] = body.data
    expect(current).toBe(true)
    const gone = await ask('DELETE', `/auth/session/${id}`, undefined, second.accessToken)
    expect(gone.status).toBe(204)
    expect((await me(second.accessToken)).status).toBe(401)
    expect((await me(shopper.session.accessToken)).status).toBe(200)
  })

  test('unknown address and wrong password are answered alike, whatever Hanzo ID tells of them', async () => {
    const { email } = await makeShopper()
    const wrong = await logIn(email, OTHER)
    const unknown = await logIn(someAddress(), OTHER)
    const shape = ({ requestId: _, ...rest }: Record<string, unknown>) => rest
    expect(wrong.status).toBe(401)
    expect(shape(unknown.body)).toEqual(shape(wrong.body))
    expect(wrong.body.code).toBe('invalid_credentials')
  })

  test('a reset sets the password there, and ends every session here', async () => {
    const { email, session } = await makeShopper()
    shop.advance(61_000)
    await ask('POST', '/auth/password/forgot', { email })
    const { token } = await inbox.next(email)
    expect((await ask('POST', '/auth/password/reset', { token, password: OTHER })).status).toBe(204)
    expect(hanzo.userOf(email)?.password).toBe(OTHER)
    expect((await me(session.accessToken)).status).toBe(401)
    expect((await logIn(email)).status).toBe(401)
    expect((await logIn(email, OTHER)).status).toBe(200)
    const again = await ask('POST', '/auth/password/reset', { token, password: PASSWORD })
    expect(again.body.code).toBe('mail_token_invalid')
    expect(hanzo.userOf(email)?.password).toBe(OTHER)
  })

  test('a change of the password needs the present one, and ends the other sessions', async () => {
    const { email, session } = await makeShopper()
    const { body: other } = await logIn(email)
    const path = '/auth/password/change'
    const change = (currentPassword: string) =>
      ask('POST', path, { currentPassword, password: OTHER }, session.accessToken)
    expect((await change(OTHER)).body.code).toBe('invalid_credentials')
    expect((await change(PASSWORD)).status).toBe(204)
    expect(hanzo.userOf(email)?.password).toBe(OTHER)
    expect((await me(session.accessToken)).status).toBe(200)
    expect((await me(other.accessToken)).status).toBe(401)
  })

  test('an e-mail change moves the user there too, and its undo voids the password', async () => {
    const { email, session } = await makeShopper()
    const moved = someAddress()
    const asked = await ask(
      'POST',
      '/auth/email/change',
      { email: moved, password: PASSWORD },
      session.accessToken,
    )
    expect(asked.status).toBe(202)
    const { token } = await inbox.next(moved)
    const confirmed = await ask('POST', '/auth/email/confirm', { token, password: PASSWORD })
    expect(confirmed.status).toBe(200)
    expect((await me(session.accessToken)).status).toBe(401)
    expect((await me(confirmed.body.accessToken)).body.email).toBe(moved)
    await shop.cron()
    await shop.drain()
    expect(hanzo.userOf(moved)).toMatchObject({ emailVerified: true })
    expect(hanzo.userOf(email)).toBeUndefined()
    expect((await logIn(moved)).status).toBe(200)
    const undo = await inbox.next(email)
    expect((await ask('POST', '/auth/email/undo', { token: undo.token })).status).toBe(204)
    expect((await logIn(email)).status).toBe(401)
    await shop.cron()
    const reset = await inbox.next(email)
    expect(isForbidden(email)).toBe(true)
    const done = await ask('POST', '/auth/password/reset', { token: reset.token, password: OTHER })
    expect(done.status).toBe(204)
    expect((await logIn(email, OTHER)).status).toBe(200)
    expect(isForbidden(email)).toBe(false)
  })

  test('an e-mail change is confirmed by the session as well, which goes on with new tokens', async () => {
    const { session } = await makeShopper()
    const moved = someAddress()
    await ask(
      'POST',
      '/auth/email/change',
      { email: moved, password: PASSWORD },
      session.accessToken,
    )
    const { token } = await inbox.next(moved)
    const { status, body } = await ask(
      'POST',
      '/auth/email/confirm',
      { token },
      session.accessToken,
    )
    expect(status).toBe(200)
    expect((await me(session.accessToken)).status).toBe(401)
    expect((await ask('POST', '/auth/refresh', { refreshToken: body.refreshToken })).status).toBe(
      200,
    )
  })

  test('who is disabled is out at once here and soon there, and enabling lets both in again', async () => {
    const { id, email, session } = await makeShopper()
    const staff = (verb: string) => shop.call('POST', `/customer/${id}/${verb}`)
    expect((await staff('disable')).status).toBe(200)
    expect((await me(session.accessToken)).status).toBe(401)
    expect((await logIn(email)).body.code).toBe('customer_disabled')
    await shop.cron()
    await shop.drain()
    expect(isForbidden(email)).toBe(true)
    expect((await logIn(email)).body.code).toBe('invalid_credentials')
    await staff('enable')
    await shop.cron()
    await shop.drain()
    expect(isForbidden(email)).toBe(false)
    expect((await logIn(email)).status).toBe(200)
  })

  test('who is deleted is deleted there, and may come back as somebody else', async () => {
    const { id, email, session } = await makeShopper()
    const path = `/customer/${id}`
    const wrong = await ask('DELETE', path, { currentPassword: OTHER }, session.accessToken)
    expect(wrong.body.code).toBe('invalid_credentials')
    const gone = await ask('DELETE', path, { currentPassword: PASSWORD }, session.accessToken)
    expect(gone.status).toBe(204)
    await shop.cron()
    await shop.drain()
    expect(hanzo.userOf(email)).toBeUndefined()
    shop.advance(61_000)
    const back = await makeShopper(email)
    expect(back.id).not.toBe(id)
  })

  test('a service registers with a password: the user is made at once, and claims by verification', async () => {
    const email = someAddress()
    const { status, body } = await shop.call('POST', '/customer', {
      body: { email, password: PASSWORD },
    })
    expect([status, body.status]).toEqual([201, 'unverified'])
    expect(hanzo.userOf(email)).toMatchObject({ emailVerified: false, password: PASSWORD })
    expect((await logIn(email)).body.code).toBe('email_unverified')
    const { token } = await inbox.next(email)
    const proven = await ask('POST', '/auth/verify-email', { token, password: PASSWORD })
    expect(proven.status).toBe(200)
    expect(proven.body.userId).toBe(body.id)
    await shop.cron()
    await shop.drain()
    expect(hanzo.userOf(email)?.emailVerified).toBe(true)
  })

  test('a service registers without a password: a reset makes the user', async () => {
    const email = someAddress()
    const { body } = await shop.call('POST', '/customer', { body: { email } })
    expect(hanzo.userOf(email)).toBeUndefined()
    await shop.call('POST', `/customer/${body.id}/password-reset`)
    const { token } = await inbox.next(email)
    expect((await ask('POST', '/auth/password/reset', { token, password: PASSWORD })).status).toBe(
      204,
    )
    expect((await logIn(email)).body.userId).toBe(body.id)
  })

  test('an address is registered once, and the second registration makes no user', async () => {
    const email = someAddress()
    const register = () => shop.call('POST', '/customer', { body: { email, password: PASSWORD } })
    expect((await register()).status).toBe(201)
    const before = hanzo.users.length
    expect((await register()).body.code).toBe('email_taken')
    expect(hanzo.users.length).toBe(before)
    const found = await shop.call('POST', '/customer/find-or-create', {
      body: { email, password: OTHER },
    })
    expect(found.status).toBe(200)
    expect(hanzo.userOf(email)?.password).toBe(PASSWORD)
  })

  test('a registration that is repeated under its key gets its answer, also while Hanzo ID is away', async () => {
    const body = { email: someAddress(), password: PASSWORD }
    const headers = { 'Idempotency-Key': `key-${api}` }
    const first = await shop.call('POST', '/customer', { body, headers })
    hanzo.state.fault = { path: '/', how: 'cut' }
    const again = await shop.call('POST', '/customer', { body, headers })
    hanzo.state.fault = null
    expect(again.text).toBe(first.text)
    expect(again.headers.get('Idempotent-Replayed')).toBe('true')
  })

  test('no password, secret or token stands in an address that is asked', () => {
    const searches = hanzo.asked.map(({ path, search }) => `${path}?${search}`).join('\n')
    for (const secret of [PASSWORD, OTHER, 'hanzo-secret', 'eyJ', '%40example', '@example']) {
      expect(searches).not.toContain(secret)
    }
  })
})
