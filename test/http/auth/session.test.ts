import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { startTestApp } from '../../support/app.ts'
import { logIn, makeShopper, PASSWORD, someAddress } from '../../support/shopper.ts'

const app = await startTestApp()
const { call } = app
const storefront = () => app.storefrontToken()

const refresh = (refreshToken: string) =>
  call('POST', '/auth/refresh', { token: null, body: { refreshToken } })
const me = async (token: string) => {
  const { status, body } = await call('GET', '/auth/me', { token })
  return [status, body.code ?? body.id]
}

describe('a login', () => {
  test('opens a session: tokens, whose they are, and the customer', async () => {
    const shopper = await makeShopper(app, { firstName: 'Jane' })
    await call('POST', '/auth/login', {
      token: await storefront(),
      body: { email: shopper.email.toUpperCase(), password: shopper.password },
    })
    const session = await logIn(app, shopper)
    expect(session).toEqual({
      accessToken: expect.any(String),
      refreshToken: expect.stringMatching(/^rt_[\w-]+$/),
      tokenType: 'Bearer',
      expiresIn: 900,
      expiresAt: expect.any(String),
      userId: shopper.id,
      deviceToken: expect.stringMatching(/^dt_[\w-]+$/),
      customer: expect.objectContaining({ id: shopper.id, firstName: 'Jane', status: 'active' }),
    })
    expect(await me(session.accessToken)).toEqual([200, shopper.id])
    const mine = await call('GET', '/customer/me', { token: session.accessToken })
    expect(mine.body).toEqual(session.customer)
  })

  test('costs two round trips, a refused one one', async () => {
    const shopper = await makeShopper(app)
    const token = await storefront()
    const trips = async (password: string) => {
      app.wire.reset()
      await call('POST', '/auth/login', { token, body: { email: shopper.email, password } })
      return app.wire.count().trips
    }
    expect([await trips(PASSWORD), await trips('wrong password')]).toEqual([2, 1])
  })

  test.each([
    ['of nobody', {}, { email: someAddress(), password: PASSWORD }],
    ['with a wrong password', {}, { password: 'not the password' }],
    ['in another case of the password', {}, { password: PASSWORD.toUpperCase() }],
    ['without an account password', { password: undefined }, { password: PASSWORD }],
  ])('%s is refused alike', async (_, input, body) => {
    const { email } = await makeShopper(app, input)
    const answer = await call('POST', '/auth/login', {
      token: await storefront(),
      body: { email, ...body },
    })
    expect([answer.status, answer.body.code]).toEqual([401, 'invalid_credentials'])
    expect(answer.headers.get('WWW-Authenticate')).toBe(
      'Bearer realm="http://customer.test", resource_metadata="http://customer.test/.well-known/oauth-protected-resource"',
    )
  })

  test('with the right password says when the address is not verified', async () => {
    const email = someAddress()
    await call('POST', '/customer', { body: { email, password: PASSWORD } })
    const token = await storefront()
    const right = await call('POST', '/auth/login', { token, body: { email, password: PASSWORD } })
    expect([right.status, right.body.code]).toEqual([403, 'email_unverified'])
    const wrong = await call('POST', '/auth/login', { token, body: { email, password: 'x' } })
    expect(wrong.body.code).toBe('invalid_credentials')
  })

  test('with the right password says when the account is disabled', async () => {
    const shopper = await makeShopper(app)
    await call('POST', `/customer/${shopper.id}/disable`)
    const answer = await call('POST', '/auth/login', {
      token: await storefront(),
      body: { email: shopper.email, password: shopper.password },
    })
    expect([answer.status, answer.body.code]).toEqual([403, 'customer_disabled'])
  })

  test('into another tenant finds nobody', async () => {
    const shopper = await makeShopper(app)
    const answer = await call('POST', '/auth/login', {
      token: await app.strangerToken(),
      body: { email: shopper.email, password: shopper.password },
    })
    expect(answer.body.code).toBe('invalid_credentials')
  })
})

describe('a registration that is not proven', () => {
  test.each([
    ['of a new address', async () => someAddress()],
    ['of an address with an account', async () => (await makeShopper(app)).email],
  ])('%s answers its own password with email_unverified', async (_, address) => {
    const body = { email: await address(), password: 'my own password 7' }
    const token = await storefront()
    await call('POST', '/customer', { token, body })
    const login = await call('POST', '/auth/login', { token, body })
    expect([login.status, login.body.code]).toEqual([403, 'email_unverified'])
    const other = await call('POST', '/auth/login', {
      token,
      body: { ...body, password: 'another one 8' },
    })
    expect([other.status, other.body.code]).toEqual([401, 'invalid_credentials'])
  })
})

describe('a refresh', () => {
  test('does not outlive the session', async () => {
    const shopper = await makeShopper(app)
    let { refreshToken } = await logIn(app, shopper)
    for (let week = 1; week <= 4; week++) {
      app.advance(7 * 86_400_000)
      refreshToken = (await refresh(refreshToken)).body.refreshToken
    }
    app.advance(3 * 86_400_000)
    expect((await refresh(refreshToken)).body.code).toBe('session_ended')
  })

  test.each([['nonsense'], ['rt_nonsense'], ['rt_'], ['']])('with %j is refused', async (token) => {
    expect((await refresh(token)).body.code).toBe('session_ended')
  })
})

describe('a session', () => {
  test('is listed with where it came from, and ended by its shopper', async () => {
    const shopper = await makeShopper(app)
    const here = await logIn(app, shopper)
    const there = await call('POST', '/auth/login', {
      token: await storefront(),
      body: { email: shopper.email, password: shopper.password },
      headers: { 'CF-Connecting-IP': '203.0.113.7', 'User-Agent': 'Telephone/1' },
    })
    const token = here.accessToken
    const list = await call('GET', '/auth/session', { token })
    expect(list.body.data).toMatchObject([
      { current: false, address: '203.0.113.7', userAgent: 'Telephone/1' },
      { current: true },
    ])
    const [other] = list.body.data
    expect((await call('DELETE', `/auth/session/${other.id}`, { token })).status).toBe(204)
    expect(await me(there.body.accessToken)).toEqual([401, 'invalid_token'])
    const again = await call('DELETE', `/auth/session/${other.id}`, { token })
    expect([again.status, again.body.code]).toEqual([404, 'session_not_found'])
    expect((await call('DELETE', '/auth/session', { token })).status).toBe(204)
    expect(await me(token)).toEqual([401, 'invalid_token'])
  })

  test("is nobody else's to see or to end", async () => {
    const [one, two] = [await makeShopper(app), await makeShopper(app)]
    const [mine, theirs] = [await logIn(app, one), await logIn(app, two)]
    const id = decodeJwt(theirs.accessToken).sid
    const answer = await call('DELETE', `/auth/session/${id}`, { token: mine.accessToken })
    expect(answer.body.code).toBe('session_not_found')
    expect(await me(theirs.accessToken)).toEqual([200, two.id])
  })

  test('is seen and ended by staff', async () => {
    const shopper = await makeShopper(app)
    const { accessToken } = await logIn(app, shopper)
    await logIn(app, shopper)
    const list = await call('GET', `/customer/${shopper.id}/session`)
    expect(list.body.data).toHaveLength(2)
    const id = decodeJwt(accessToken).sid
    expect((await call('DELETE', `/customer/${shopper.id}/session/${id}`)).status).toBe(204)
    expect(await me(accessToken)).toEqual([401, 'invalid_token'])
    expect((await call('DELETE', `/customer/${shopper.id}/session`)).status).toBe(204)
    expect((await call('GET', `/customer/${shopper.id}/session`)).body.data).toEqual([])
  })

  test.each(['GET', 'DELETE'])('of a stranger is not found by %s', async (method) => {
    const shopper = await makeShopper(app)
    const answer = await call(method, `/customer/${shopper.id}/session`, {
      token: await app.strangerToken(),
    })
    expect([answer.status, answer.body.code]).toEqual([404, 'customer_not_found'])
  })

  test('makes room: the fifty newest stay', async () => {
    const shopper = await makeShopper(app)
    const oldest = await logIn(app, shopper)
    for (let i = 0; i < 50; i++) {
      app.advance(1)
      await logIn(app, shopper)
    }
    expect((await refresh(oldest.refreshToken)).body.code).toBe('session_ended')
    expect((await call('GET', `/customer/${shopper.id}/session`)).body.data).toHaveLength(50)
  })

  test.each([
    ['by its access token', async (s: { accessToken: string }) => ({ token: s.accessToken })],
    [
      'by its refresh token',
      async (s: { refreshToken: string }) => ({
        token: null,
        body: { refreshToken: s.refreshToken },
      }),
    ],
  ])('ends with a logout %s', async (_, how) => {
    const session = await logIn(app, await makeShopper(app))
    const { status } = await call('POST', '/auth/logout', await how(session))
    expect(status).toBe(204)
    expect((await refresh(session.refreshToken)).body.code).toBe('session_ended')
    expect(await me(session.accessToken)).toEqual([401, 'invalid_token'])
  })

  test('is logged out of by someone who has none: told so only without any token', async () => {
    const nobody = await call('POST', '/auth/logout', { token: null })
    expect([nobody.status, nobody.body.code]).toEqual([401, 'unauthenticated'])
    const again = await call('POST', '/auth/logout', {
      token: null,
      body: { refreshToken: 'rt_x' },
    })
    expect(again.status).toBe(204)
  })

  test.each([
    ['disabled', (id: string) => call('POST', `/customer/${id}/disable`)],
    ['deleted', (id: string) => call('DELETE', `/customer/${id}`)],
    [
      'moved to another address',
      (id: string) => call('PATCH', `/customer/${id}`, { body: { email: someAddress() } }),
    ],
  ])('ends at once when its customer is %s', async (_, end) => {
    const shopper = await makeShopper(app)
    const session = await logIn(app, shopper)
    await end(shopper.id)
    for (const [method, path, body] of [
      ['GET', '/customer/me'],
      ['GET', '/auth/me'],
      ['PATCH', '/customer/me', { firstName: 'X' }],
      ['GET', '/customer/me/address'],
      ['GET', '/auth/session'],
    ] as const) {
      const answer = await call(method, path, { token: session.accessToken, body })
      expect([path, answer.status, answer.body.code]).toEqual([path, 401, 'invalid_token'])
    }
    expect((await refresh(session.refreshToken)).body.code).toBe('session_ended')
  })

  test('that has ended gets no kept answer under its key', async () => {
    const shopper = await makeShopper(app)
    const { accessToken: token } = await logIn(app, shopper)
    const options = {
      token,
      headers: { 'Idempotency-Key': 'a1' },
      body: {
        line1: '1 Main St',
        city: 'San Francisco',
        state: 'CA',
        postalCode: '94102',
        country: 'US',
      },
    }
    expect((await call('POST', '/customer/me/address', options)).status).toBe(201)
    await call('DELETE', `/customer/${shopper.id}/session`)
    const again = await call('POST', '/customer/me/address', options)
    expect([again.status, again.body.code]).toEqual([401, 'invalid_token'])
  })
})
