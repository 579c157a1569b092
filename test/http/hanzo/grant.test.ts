import { describe, expect, test } from 'vitest'
import { provePassword } from '#core/identity'
import { PASSWORD, startHanzoApp } from '../../support/hanzo.ts'
import { someAddress } from '../../support/shopper.ts'
import { loginPage } from '../../support/upstream.ts'

const NEW = 'newriver4711'
const ELSEWHERE = [403, 'identity_elsewhere']

describe.each(['iam', 'casdoor'] as const)('without the password grant (%s)', async (api) => {
  const shop = await startHanzoApp({ api, settings: { hanzo_password_grant: false } })
  const { hanzo, ask, inbox, logIn, call, app } = shop
  // Hanzo ID has it switched off too, as it is unless somebody switches it on.
  hanzo.state.grants = ['authorization_code', 'refresh_token', 'client_credentials']
  const page = loginPage(app)
  const codeOf = async (answer: ReturnType<typeof ask>) => {
    const { status, body } = await answer
    return [status, body?.code]
  }
  /** Somebody whom a service registered, with the user that was made at Hanzo ID. */
  const registered = async () => {
    const email = someAddress()
    const { status, body } = await call('POST', '/customer', {
      body: { email, password: PASSWORD },
    })
    expect(status).toBe(201)
    const user = hanzo.userOf(email)
    if (user === undefined) throw new Error('no user was made')
    return { id: body.id as string, email, user }
  }
  const enter = async (user: (typeof hanzo.users)[number]) => {
    const brought = hanzo.visit(await page.begin('hanzo'), user)
    if ('status' in brought) throw new Error('no login')
    const finished = await page.finish(brought)
    return finished?.is === 'proven' ? page.enter(finished.identity) : finished
  }

  test('nobody logs in by a password here, and nobody learns who has an account', async () => {
    const { email } = await registered()
    expect(await codeOf(logIn(email))).toEqual(ELSEWHERE)
    expect(await codeOf(logIn(email, 'wrongriver42'))).toEqual(ELSEWHERE)
    expect(await codeOf(logIn(someAddress()))).toEqual(ELSEWHERE)
  })

  test('a registration with a password makes the user there, and its proof is taken', async () => {
    const { id, email, user } = await registered()
    expect(user).toMatchObject({ password: PASSWORD, emailVerified: false })
    const { token } = await inbox.next(email)
    const proof = { token, password: PASSWORD }
    expect(await codeOf(ask('POST', '/auth/verify-email', proof))).toEqual(ELSEWHERE)
    expect((await call('GET', `/customer/${id}`)).body).toMatchObject({
      ...{ status: 'active', emailVerified: true },
    })
    await shop.cron()
    await shop.drain()
    expect(user.emailVerified).toBe(true)
    expect(await enter(user)).toBe(id)
    // The link is spent.
    expect((await codeOf(ask('POST', '/auth/verify-email', proof)))[1]).toBe('mail_token_invalid')
  })

  test('so does the proof of a registration in a storefront', async () => {
    const email = someAddress()
    await ask('POST', '/customer', { email, password: PASSWORD })
    const { token } = await inbox.next(email)
    expect(hanzo.userOf(email)).toBeUndefined()
    const proof = { token, password: PASSWORD }
    expect(await codeOf(ask('POST', '/auth/verify-email', proof))).toEqual(ELSEWHERE)
    const user = hanzo.userOf(email)
    expect(user).toMatchObject({ password: PASSWORD, emailVerified: true })
    const { body } = await call('GET', `/customer?email=${encodeURIComponent(email)}`)
    expect(user && (await enter(user))).toBe(body.data[0].id)
  })

  test('a reset sets the password there', async () => {
    const { id, email, user } = await registered()
    await inbox.all()
    await ask('POST', '/auth/password/forgot', { email })
    const { token } = await inbox.next(email)
    expect((await ask('POST', '/auth/password/reset', { token, password: NEW })).status).toBe(204)
    expect(user.password).toBe(NEW)
    expect(await enter(user)).toBe(id)
  })

  test('a password proves nothing here either', async () => {
    const { id } = await registered()
    await expect(provePassword(page.context(), id, PASSWORD)).rejects.toMatchObject({
      code: 'identity_elsewhere',
    })
  })

  test('nobody was asked for a token by a password', () => {
    const asked = hanzo.asked.filter(({ body }) => body.includes('grant_type=password'))
    expect(asked).toEqual([])
  })
})
