import { describe, expect, test } from 'vitest'
import { PASSWORD, startHanzoApp } from '../../support/hanzo.ts'
import { someAddress } from '../../support/shopper.ts'

describe('the Casdoor-shaped generation', async () => {
  const shop = await startHanzoApp({ api: 'casdoor' })
  const { hanzo, ask, inbox, makeShopper, logIn } = shop
  const reset = async (email: string, password: string) => {
    shop.advance(61_000)
    await ask('POST', '/auth/password/forgot', { email })
    const { token } = await inbox.next(email)
    return ask('POST', '/auth/password/reset', { token, password })
  }

  test('says no with a 200, which is no yes', async () => {
    hanzo.state.secret = 'another-secret'
    const body = { email: someAddress(), password: PASSWORD }
    const { status, body: problem } = await shop.call('POST', '/customer', { body })
    hanzo.state.secret = null
    expect([status, problem.code]).toEqual([503, 'issuer_unavailable'])
    const list = await shop.call('GET', `/customer?email=${encodeURIComponent(body.email)}`)
    expect(list.body.data).toEqual([])
  })

  test('answers 200 with a page for what it does not know, which is no yes either', async () => {
    hanzo.state.fault = { path: '/api/add-user', how: 'page' }
    const body = { email: someAddress(), password: PASSWORD }
    const { status } = await shop.call('POST', '/customer', { body })
    hanzo.state.fault = null
    expect(status).toBe(503)
  })

  test('has refresh tokens that look like access tokens: they open nothing here', async () => {
    const { email } = await makeShopper()
    const user = hanzo.userOf(email)
    if (user === undefined) throw new Error('no user')
    const token = await hanzo.accessToken(user, { tokenType: 'refresh-token' })
    expect((await shop.me(token)).body.code).toBe('invalid_token')
    const { status } = await ask('POST', '/auth/refresh', { refreshToken: token.slice(0, 1000) })
    expect(status).toBe(401)
  })

  test('takes no spaces in a password that is set: that is said, and the link stays good', async () => {
    const { email } = await makeShopper()
    shop.advance(61_000)
    await ask('POST', '/auth/password/forgot', { email })
    const { token } = await inbox.next(email)
    const spaced = await ask('POST', '/auth/password/reset', { token, password: 'a quiet river' })
    expect([spaced.status, spaced.body.errors]).toEqual([
      422,
      [{ path: 'password', code: 'refused_by_provider', message: 'Must not contain spaces.' }],
    ])
    const done = await ask('POST', '/auth/password/reset', { token, password: 'aquietriver' })
    expect(done.status).toBe(204)
  })

  test('refuses the password that it has already: it is set all the same', async () => {
    const { email } = await makeShopper()
    expect((await reset(email, PASSWORD)).status).toBe(204)
    expect((await logIn(email)).status).toBe(200)
  })

  test('compares addresses as they are written: it gets them in lower case', async () => {
    const { email } = await makeShopper('Written.LIKE.This@Example.com')
    expect(hanzo.userOf(email)?.email).toBe('written.like.this@example.com')
    expect((await logIn('WRITTEN.like.this@EXAMPLE.com')).status).toBe(200)
  })

  test('makes names that are legal in every generation', async () => {
    const { email, id } = await makeShopper()
    const { name = '' } = hanzo.userOf(email) ?? {}
    expect(name).toMatch(/^[a-zA-Z0-9]+([-._][a-zA-Z0-9]+)*$/)
    expect(name).toMatch(/^[a-z0-9][a-z0-9._-]{0,62}$/)
    expect(name.startsWith(`${id}-`)).toBe(true)
  })
})

describe('the present generation', async () => {
  const shop = await startHanzoApp()
  const { hanzo, ask, makeShopper, logIn } = shop

  test('replaces a user by what is put: what it had besides is put again', async () => {
    const { id, email } = await makeShopper()
    const user = hanzo.userOf(email)
    Object.assign(user ?? {}, { tag: 'friend' })
    await shop.call('POST', `/customer/${id}/disable`)
    await shop.cron()
    await shop.drain()
    expect(hanzo.userOf(email)).toMatchObject({
      tag: 'friend',
      isForbidden: true,
      password: PASSWORD,
    })
  })

  test('is told of each logout, by any caller and of any number of sessions', async () => {
    const others = hanzo.refreshable()
    const { id, email, session } = await makeShopper()
    const enter = async () => (await logIn(email)).body.accessToken as string
    expect(hanzo.refreshable()).toBe(others + 1)
    await ask('POST', '/auth/logout', { refreshToken: session.refreshToken })
    expect(hanzo.refreshable()).toBe(others)
    await ask('POST', '/auth/logout', {}, await enter())
    expect(hanzo.refreshable()).toBe(others)
    await enter()
    await ask('DELETE', '/auth/session', undefined, await enter())
    expect(hanzo.refreshable()).toBe(others)
    await enter()
    await shop.call('DELETE', `/customer/${id}/session`)
    expect(hanzo.refreshable()).toBe(others)
  })

  test('may give no refresh token: the session lasts as long as the access token', async () => {
    hanzo.state.refreshes = false
    const { session } = await makeShopper()
    hanzo.state.refreshes = true
    expect((await shop.me(session.accessToken)).status).toBe(200)
    const { body } = await ask('POST', '/auth/refresh', { refreshToken: session.refreshToken })
    expect(body.code).toBe('session_ended')
  })

  test('may end a refresh token by itself: the session is over', async () => {
    const { email, session } = await makeShopper()
    const user = hanzo.userOf(email)
    Object.assign(user ?? {}, { isForbidden: true })
    const { body } = await ask('POST', '/auth/refresh', { refreshToken: session.refreshToken })
    expect(body.code).toBe('session_ended')
    expect((await shop.me(session.accessToken)).status).toBe(401)
  })
})
