import { describe, expect, test } from 'vitest'
import { failureCounterRules } from '#core/identity'
import { unprovenCreationBoundRule } from '#core/limit'
import type { RouteKey } from '../../src/http/access.ts'
import { type CallOptions, startTestApp } from '../support/app.ts'
import { watchHashes } from '../support/hashes.ts'
import { told } from '../support/limit-header.ts'
import { logIn, makeShopper, PASSWORD, someAddress } from '../support/shopper.ts'
import { sql } from '../support/sql.ts'

const app = await startTestApp()
const { fill } = watchHashes(app)
const WRONG = 'not the password 5'

let places = 0
const newPlace = () => `203.0.113.${++places}`
const at = (place: string) => ({ 'CF-Connecting-IP': place })

async function ask(key: RouteKey, place: string, options: CallOptions) {
  const [method = '', path = ''] = key.split(' ')
  return told(key, await app.call(method, path, { ...options, headers: at(place) }))
}

describe('what is left of the tries', () => {
  const login = async (email: string, password: string, place: string, more: object = {}) =>
    ask('POST /auth/login', place, {
      token: await app.storefrontToken(),
      body: { email, password, ...more },
    })

  test('runs out, and a right password gives all of it back', async () => {
    const { email } = await makeShopper(app)
    const place = newPlace()
    for (const left of [4, 3, 2, 1, 0]) {
      expect(await login(email, WRONG, place)).toMatchObject({
        status: 401,
        left: `"tries";r=${left}`,
      })
    }
    const refused = { status: 429, left: '"tries";r=0;t=1', wait: '1' }
    expect(await login(email, PASSWORD, place)).toMatchObject(refused)
    expect(await login(email, WRONG, newPlace())).toMatchObject({ left: '"tries";r=4' })
    app.advance(2000)
    expect(await login(email, PASSWORD, place)).toMatchObject({ status: 200, left: '"tries";r=5' })
    expect(await login(email, WRONG, place)).toMatchObject({ status: 401, left: '"tries";r=4' })
  })

  test('is as before when no password was tried, or when the right one may not log in', async () => {
    const { id, email } = await makeShopper(app)
    const place = newPlace()
    await login(email, WRONG, place)
    const full = await fill()
    const crowded = { status: 429, left: '"hashes";r=0;t=1', wait: '1' }
    expect(await login(email, WRONG, place)).toMatchObject(crowded)
    await full.empty()
    expect(await login(email, WRONG, place)).toMatchObject({ left: '"tries";r=3' })
    await app.call('POST', `/customer/${id}/disable`)
    expect(await login(email, PASSWORD, place)).toMatchObject({ status: 403, left: '"tries";r=5' })
  })

  test('is a device’s own, if it has logged in before', async () => {
    const shopper = await makeShopper(app)
    const { deviceToken } = await logIn(app, shopper)
    const place = newPlace()
    for (let left = failureCounterRules.device.free - 1; left >= 0; left--) {
      const answer = await login(shopper.email, WRONG, place, { deviceToken })
      expect(answer).toMatchObject({ status: 401, left: `"device";r=${left}` })
    }
    const answer = await login(shopper.email, PASSWORD, place, { deviceToken })
    expect(answer).toMatchObject({ status: 429, left: `"device";r=0;t=${answer.wait}` })
    const made = await login(shopper.email, WRONG, place, { deviceToken: 'made up' })
    expect(made).toMatchObject({ left: '"tries";r=4' })
  })

  test('is not told to a service that names no place: it would tell of others', async () => {
    const answer = await app.call('POST', '/auth/login', {
      body: { email: someAddress(), password: WRONG },
    })
    expect(told('POST /auth/login', answer)).toMatchObject({ status: 401, left: null })
  })
})

async function askForm(key: RouteKey, place: string, fields: Readonly<Record<string, string>>) {
  const [method = '', path = ''] = key.split(' ')
  const body = new URLSearchParams({ client_id: `${app.tenant}-storefront`, ...fields })
  return told(key, await app.request(path, { method, body, headers: at(place) }))
}

test('of wrong secrets nothing is told before their 429: it would tell which clients there are', async () => {
  const place = newPlace()
  const form = { grant_type: 'client_credentials', client_secret: WRONG }
  for (let n = 0; n < failureCounterRules.secrets.free; n++) {
    expect(await askForm('POST /oauth/token', place, form)).toMatchObject({
      status: 401,
      left: null,
    })
  }
  const { status, left, wait } = await askForm('POST /oauth/token', place, form)
  expect([status, left]).toEqual([429, `"secrets";r=0;t=${wait}`])
})

test('what is left of guests runs out, and revocations count under the same limit', async () => {
  const place = newPlace()
  const token = await app.storefrontToken()
  const checkOut = () =>
    ask('POST /customer/guest', place, { token, body: { email: someAddress() } })
  expect(await checkOut()).toMatchObject({ status: 202, left: '"made";r=99' })
  const form = { client_secret: 'secret', token: await app.storefrontToken() }
  const revoked = await askForm('POST /oauth/revoke', place, form)
  expect(revoked).toMatchObject({ status: 200, left: '"made";r=98' })
  await app.db.run([
    sql`update quota set count = ${unprovenCreationBoundRule.most} where tenant = ${app.tenant} and count = 2`,
  ])
  const refused = { status: 429, left: '"made";r=0;t=3600', wait: '3600' }
  expect(await checkOut()).toMatchObject(refused)
})

test('of a kept answer, which counts under no limit, nothing is left to tell', async () => {
  const place = newPlace()
  const headers = { ...at(place), 'Idempotency-Key': 'once' }
  const token = await app.storefrontToken()
  const body = { email: someAddress() }
  const check = async () =>
    told(
      'POST /customer/guest',
      await app.call('POST', '/customer/guest', { token, body, headers }),
    )
  expect(await check()).toMatchObject({ status: 202, left: '"made";r=99' })
  expect(await check()).toMatchObject({ status: 202, left: null })
})
