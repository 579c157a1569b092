import { describe, expect, test } from 'vitest'
import { PASSWORD, startHanzoApp } from '../../support/hanzo.ts'
import { blank } from '../../support/hanzo-server.ts'
import { someAddress } from '../../support/shopper.ts'

const HERS = 'herownriver44'

describe.each(['iam', 'casdoor'] as const)('identities of Hanzo ID (%s)', async (api) => {
  const shop = await startHanzoApp({ api, settings: { hanzo_direct_tokens: true } })
  const { hanzo, ask, inbox, makeShopper, logIn, me, tenant } = shop
  /** Someone who was at Hanzo ID before, and says that this is the address. */
  const someone = (email: string, password = HERS) =>
    hanzo.addUser({
      ...{ owner: tenant, name: `user-${hanzo.users.length}`, email: email.toLowerCase() },
      ...{ password, emailVerified: true },
    })
  /** Someone of before with an account here that is linked. */
  const link = async () => {
    const email = someAddress()
    const user = someone(email)
    await logIn(email, HERS)
    const { token } = await inbox.next(email)
    const { body } = await ask('POST', '/auth/verify-email', { token, password: HERS })
    return { email, user, linked: body }
  }
  const reset = async (email: string, password: string) => {
    shop.advance(61_000)
    await ask('POST', '/auth/password/forgot', { email })
    const { token } = await inbox.next(email)
    return (await ask('POST', '/auth/password/reset', { token, password })).status
  }
  const codeOf = async (answer: Promise<{ status: number; body: { code: string } }>) =>
    (await answer).body.code

  test('one that nobody here has is let in nowhere, though its address is an account’s', async () => {
    const { email } = await makeShopper()
    const stranger = { ...someone(someAddress()), email: email.toLowerCase() }
    const token = await hanzo.accessToken(stranger, { email_verified: true })
    for (const path of ['/auth/me', '/customer/me', '/auth/session']) {
      const { status, body } = await shop.call('GET', path, { token })
      expect([status, body.code]).toEqual([403, 'identity_unlinked'])
    }
  })

  test('is linked by its password and a link in a mail of ours, and by neither alone', async () => {
    const email = someAddress()
    const { id } = someone(email)
    expect((await logIn(email, 'wrongriver')).body.code).toBe('invalid_credentials')
    const { status, body } = await logIn(email, HERS)
    expect([status, body.code]).toEqual([403, 'email_unverified'])
    expect((await logIn(email, HERS)).status).toBe(403)
    const { token } = await inbox.next(email)
    expect(await codeOf(ask('POST', '/auth/verify-email', { token, password: 'password' }))).toBe(
      'invalid_input',
    )
    const proven = await ask('POST', '/auth/verify-email', { token, password: HERS })
    expect(proven.status).toBe(200)
    expect(hanzo.users.filter((user) => user.email === email.toLowerCase())).toHaveLength(1)
    const direct = await hanzo.accessToken(hanzo.users.find((user) => user.id === id) ?? never())
    expect((await me(direct)).body.id).toBe(proven.body.userId)
    expect((await logIn(email, HERS)).status).toBe(200)
  })

  test('whose address an unclaimed account has is linked to that account by both', async () => {
    const email = someAddress()
    someone(email)
    const made = await shop.call('POST', '/customer', { body: { email } })
    expect((await logIn(email, HERS)).body.code).toBe('email_unverified')
    const { token } = await inbox.next(email)
    const proven = await ask('POST', '/auth/verify-email', { token, password: HERS })
    expect(proven.body.userId).toBe(made.body.id)
  })

  test('a user who was there before is not taken over by a registration with its address', async () => {
    const email = someAddress()
    const before = someone(email)
    const made = await shop.call('POST', '/customer', { body: { email, password: PASSWORD } })
    expect(made.status).toBe(201)
    expect(before).toMatchObject({ password: HERS, email: email.toLowerCase() })
    const { token } = await inbox.next(email)
    expect((await ask('POST', '/auth/verify-email', { token, password: PASSWORD })).status).toBe(
      200,
    )
    expect(before.password).toBe(HERS)
    expect(await codeOf(me(await hanzo.accessToken(before)))).toBe('identity_unlinked')
    expect((await logIn(email, HERS)).status).toBe(401)
  })

  test('a squatter at Hanzo ID gets nothing when the owner of the address registers or resets here', async () => {
    const email = someAddress()
    const squatter = someone(email)
    squatter.emailVerified = false
    await ask('POST', '/customer', { email, password: PASSWORD })
    const { token } = await inbox.next(email)
    const { body } = await ask('POST', '/auth/verify-email', { token, password: PASSWORD })
    expect(await codeOf(me(await hanzo.accessToken(squatter)))).toBe('identity_unlinked')
    shop.advance(61_000)
    await ask('POST', '/auth/password/forgot', { email })
    const reset = await inbox.next(email)
    await ask('POST', '/auth/password/reset', { token: reset.token, password: 'newriver4711' })
    expect(squatter.password).toBe(HERS)
    expect(await codeOf(me(await hanzo.accessToken(squatter)))).toBe('identity_unlinked')
    expect((await logIn(email, 'newriver4711')).body.userId).toBe(body.userId)
  })

  test('an attacker who registers a stranger’s address in a storefront makes no user of it', async () => {
    const email = someAddress()
    await ask('POST', '/customer', { email, password: PASSWORD })
    await inbox.next(email)
    expect((await logIn(email)).body.code).toBe('email_unverified')
    await shop.cron()
    await shop.drain()
    expect(hanzo.userOf(email)).toBeUndefined()
  })

  test('another user that gets the name of a linked one is somebody else', async () => {
    const { email } = await makeShopper()
    const user = hanzo.userOf(email)
    Object.assign(user ?? never(), { id: blank().id })
    expect((await logIn(email)).body.code).toBe('invalid_credentials')
  })

  test('the password of a linked user is set there by a reset', async () => {
    const { email, user, linked } = await link()
    expect(await reset(email, 'newriver4711')).toBe(204)
    expect(user.password).toBe('newriver4711')
    expect((await logIn(email, 'newriver4711')).body.userId).toBe(linked.userId)
  })

  test('a reset does not touch who has got the name of a linked user since', async () => {
    const { email, user, linked } = await link()
    Object.assign(user, { id: blank().id, email: 'somebody.new@example.com' })
    expect(await reset(email, 'newriver4711')).toBe(204)
    expect(user.password).toBe(HERS)
    expect((await logIn(email, 'newriver4711')).body.userId).toBe(linked.userId)
    expect(await codeOf(me(await hanzo.accessToken(user)))).toBe('identity_unlinked')
  })

  test('a user that is about to go with a deleted account is not given to the next one', async () => {
    const { id, email } = await makeShopper()
    await shop.call('DELETE', `/customer/${id}`)
    shop.advance(61_000)
    const next = await makeShopper(email)
    shop.advance(6 * 60_000)
    await shop.cron()
    await shop.drain()
    expect((await logIn(email)).body.userId).toBe(next.id)
  })

  test('of a verification that is sent twice at once, one makes the account, and it lasts', async () => {
    const email = someAddress()
    await ask('POST', '/customer', { email, password: PASSWORD })
    const { token } = await inbox.next(email)
    const verify = () => ask('POST', '/auth/verify-email', { token, password: PASSWORD })
    const both = await Promise.all([verify(), verify()])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 422])
    shop.advance(6 * 60_000)
    await shop.cron()
    await shop.drain()
    expect((await logIn(email)).status).toBe(200)
  })

  test('one identity has one account', async () => {
    const email = someAddress()
    const user = someone(email)
    await logIn(email, HERS)
    const { token } = await inbox.next(email)
    await ask('POST', '/auth/verify-email', { token, password: HERS })
    const other = someAddress()
    user.email = other.toLowerCase()
    await logIn(other, HERS)
    const link = await inbox.next(other)
    const second = await ask('POST', '/auth/verify-email', { token: link.token, password: HERS })
    expect([second.status, second.body.code]).toEqual([409, 'identity_taken'])
  })

  test('a user who was there before is not changed with the account, nor deleted', async () => {
    const email = someAddress()
    const user = someone(email)
    await logIn(email, HERS)
    const { token } = await inbox.next(email)
    const { body } = await ask('POST', '/auth/verify-email', { token, password: HERS })
    await shop.call('POST', `/customer/${body.userId}/disable`)
    await shop.cron()
    await shop.drain()
    expect(user.isForbidden).toBe(false)
    expect(await codeOf(me(await hanzo.accessToken(user)))).toBe('invalid_token')
    await shop.call('DELETE', `/customer/${body.userId}`)
    await shop.cron()
    await shop.drain()
    expect(hanzo.users).toContain(user)
    expect(await codeOf(me(await hanzo.accessToken(user)))).toBe('identity_unlinked')
  })
})

describe('a token that a shopper got from Hanzo ID itself', async () => {
  const shop = await startHanzoApp({ settings: { hanzo_direct_tokens: true } })
  const strict = await startHanzoApp()
  const userOf = (it: typeof shop, email: string) => it.hanzo.userOf(email) ?? never()

  test('is a session, once, and is listed', async () => {
    const { email, session } = await shop.makeShopper()
    const token = await shop.hanzo.accessToken(userOf(shop, email))
    const seen = await Promise.all([shop.me(token), shop.me(token), shop.me(token)])
    expect(seen.map(({ status }) => status)).toEqual([200, 200, 200])
    const { body } = await shop.ask('GET', '/auth/session', undefined, session.accessToken)
    expect(body.data).toHaveLength(2)
  })

  test.each([
    [
      'its session is ended',
      (token: string) => shop.ask('DELETE', '/auth/session', undefined, token),
    ],
    ['it logs out', (token: string) => shop.ask('POST', '/auth/logout', {}, token)],
  ])('is out for good when %s, whatever the clock of Hanzo ID says', async (_, end) => {
    const { email } = await shop.makeShopper()
    const ahead = Math.floor(shop.runtime.now().getTime() / 1000) + 9
    const token = await shop.hanzo.accessToken(userOf(shop, email), { iat: ahead })
    expect((await shop.me(token)).status).toBe(200)
    expect((await end(token)).status).toBe(204)
    expect((await shop.me(token)).status).toBe(401)
    expect((await shop.me(token)).status).toBe(401)
  })

  test('is no good when it was issued before a reset, though it was never seen here', async () => {
    const { email } = await shop.makeShopper()
    const old = Math.floor(shop.runtime.now().getTime() / 1000) - 30
    const unseen = await shop.hanzo.accessToken(userOf(shop, email), { iat: old })
    shop.advance(61_000)
    await shop.ask('POST', '/auth/password/forgot', { email })
    const { token } = await shop.inbox.next(email)
    await shop.ask('POST', '/auth/password/reset', { token, password: HERS })
    expect((await shop.me(unseen)).status).toBe(401)
  })

  test('confirms nothing without the password, for it cannot be gone on with', async () => {
    const { email } = await shop.makeShopper()
    const token = await shop.hanzo.accessToken(userOf(shop, email))
    const moved = someAddress()
    const wish = { email: moved, password: PASSWORD }
    expect((await shop.ask('POST', '/auth/email/change', wish, token)).status).toBe(202)
    const link = await shop.inbox.next(moved)
    const path = '/auth/email/confirm'
    const { status, body } = await shop.ask('POST', path, { token: link.token }, token)
    expect([status, body.errors[0].path]).toEqual([422, 'password'])
    const proof = { token: link.token, password: PASSWORD }
    expect((await shop.ask('POST', path, proof, token)).status).toBe(200)
  })

  test('is not taken unless the shop says so', async () => {
    const { email } = await strict.makeShopper()
    const token = await strict.hanzo.accessToken(userOf(strict, email))
    const { status, body } = await strict.me(token)
    expect([status, body.code]).toEqual([401, 'invalid_token'])
  })
})

function never(): never {
  throw new Error('no user')
}
