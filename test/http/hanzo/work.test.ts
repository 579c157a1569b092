import { describe, expect, test } from 'vitest'
import { PASSWORD, startHanzoApp } from '../../support/hanzo.ts'
import { watchHashes } from '../../support/hashes.ts'
import { someAddress } from '../../support/shopper.ts'

const shop = await startHanzoApp()
const { hanzo, ask, inbox, makeShopper, logIn, wire } = shop

/** Round trips to the database and to Hanzo ID, and hashes, of what is done once the isolate is warm. */
let hashes = 0
const { passwords } = shop
const { hash } = passwords
Object.assign(passwords, {
  hash: (...given: Parameters<typeof hash>) => {
    hashes++
    return hash(...given)
  },
})

async function workOf<T>(task: () => Promise<T>) {
  wire.reset()
  hanzo.asked.length = 0
  hashes = 0
  const answer = await task()
  const { trips, statements } = wire.count()
  return { answer, trips, statements, asked: hanzo.asked.map(({ path }) => path), hashes }
}
const token = '/v1/iam/oauth/token'

describe('a stranger who asks for a login', () => {
  test('cannot tell a known address from an unknown one, not by the work either', async () => {
    const { email } = await makeShopper()
    const unproven = someAddress()
    await ask('POST', '/customer', { email: unproven, password: PASSWORD })
    const seen: unknown[] = []
    for (const address of [email, unproven, someAddress()]) {
      const { answer, ...work } = await workOf(() => logIn(address, 'notherpassword'))
      const { requestId: _, ...body } = answer.body
      seen.push({ status: answer.status, body, ...work })
    }
    expect(seen).toEqual(seen.map(() => seen[0]))
    expect(seen[0]).toMatchObject({ status: 401, asked: [token], hashes: 1 })
  })

  test('waits longer each time, and Hanzo ID is not asked meanwhile', async () => {
    const { email } = await makeShopper()
    const logInFrom = async (place: string, password = PASSWORD) =>
      shop.call('POST', '/auth/login', {
        token: await shop.storefrontToken(),
        body: { email, password },
        headers: { 'CF-Connecting-IP': place },
      })
    let answer = await logInFrom('203.0.113.1', 'wrong1')
    for (let turn = 0; turn < 20 && answer.status === 401; turn++) {
      answer = await logInFrom('203.0.113.1', 'wrong1')
    }
    expect([answer.status, answer.body.code]).toEqual([429, 'too_many_attempts'])
    const { answer: next, asked } = await workOf(() => logInFrom('203.0.113.1'))
    expect([next.status, asked]).toEqual([429, []])
    expect(Number(next.headers.get('Retry-After'))).toBeGreaterThan(0)
    shop.advance(16 * 60_000)
    expect((await logIn(email)).status).toBe(200)
  })
})

test('what needs no password waits for one round trip, a password for two', async () => {
  const shopper = await makeShopper()
  const login = await workOf(() => logIn(shopper.email))
  expect([login.trips, login.asked]).toEqual([2, [token]])
  const { accessToken, refreshToken } = login.answer.body
  await shop.me(accessToken)
  const me = await workOf(() => shop.me(accessToken))
  expect([me.trips, me.asked]).toEqual([1, []])
  const refresh = await workOf(() => ask('POST', '/auth/refresh', { refreshToken }))
  expect([refresh.trips, refresh.asked]).toEqual([2, [token]])
  const body = { email: someAddress(), password: PASSWORD }
  const made = await workOf(() => shop.call('POST', '/customer', { body }))
  expect([made.answer.status, made.trips]).toEqual([201, 2])
  const email = someAddress()
  const registered = await workOf(() => ask('POST', '/customer', { email, password: PASSWORD }))
  // In development a second trip asks which bound held the mail back.
  expect([registered.trips, registered.asked]).toEqual([2, []])
  const link = await inbox.next(email)
  const verify = { token: link.token, password: PASSWORD }
  const verified = await workOf(() => ask('POST', '/auth/verify-email', verify))
  expect([verified.answer.status, verified.trips]).toEqual([200, 3])
})

test('a login that finds no room in the line of hashes does not reach Hanzo ID', async () => {
  const { email } = await makeShopper()
  const full = await watchHashes(shop).fill()
  const { answer, asked } = await workOf(() => logIn(email))
  expect([answer.status, answer.body.code, asked]).toEqual([429, 'too_many_requests', []])
  await full.empty()
  expect((await logIn(email)).status).toBe(200)
})

describe('in a shop that asks for no verification', async () => {
  const open = await startHanzoApp({ settings: { require_email_verification: false } })

  test('the first login makes the account, and a user without the address', async () => {
    const email = someAddress()
    await open.ask('POST', '/customer', { email, password: PASSWORD })
    const { status, body } = await open.logIn(email)
    expect([status, body.customer.status]).toEqual([200, 'unverified'])
    expect(open.hanzo.userOf(email)).toBeUndefined()
    expect((await open.logIn(email)).body.userId).toBe(body.userId)
    const { token } = await open.inbox.next(email)
    const proven = await open.ask('POST', '/auth/verify-email', { token }, body.accessToken)
    expect([proven.status, proven.body.customer.status]).toEqual([200, 'active'])
    await open.cron()
    await open.drain()
    expect(open.hanzo.userOf(email)).toMatchObject({ emailVerified: true })
  })

  test('the owner of the address takes over what a stranger made of it, and the stranger is out', async () => {
    const email = someAddress()
    await open.ask('POST', '/customer', { email, password: 'strangersriver', firstName: 'Eve' })
    const { body: stranger } = await open.logIn(email, 'strangersriver')
    open.advance(61_000)
    await open.inbox.next(email)
    await open.ask('POST', '/customer', { email, password: PASSWORD })
    const { token } = await open.inbox.next(email)
    const { body } = await open.ask('POST', '/auth/verify-email', { token, password: PASSWORD })
    expect(body.customer).toMatchObject({ status: 'active', firstName: null })
    expect((await open.me(stranger.accessToken)).status).toBe(401)
    const { refreshToken } = stranger
    expect((await open.ask('POST', '/auth/refresh', { refreshToken })).status).toBe(401)
    expect((await open.logIn(email, 'strangersriver')).status).toBe(403)
    expect((await open.logIn(email)).status).toBe(200)
  })

  test('an identity that nobody here has waits for the proof of its address all the same', async () => {
    const email = someAddress()
    open.hanzo.addUser({
      ...{ owner: open.tenant, name: 'somebody', email: email.toLowerCase() },
      ...{ password: PASSWORD, emailVerified: true },
    })
    expect((await open.logIn(email)).body.code).toBe('email_unverified')
    expect((await open.logIn(email)).body.code).toBe('email_unverified')
  })
})
