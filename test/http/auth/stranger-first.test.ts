import { describe, expect, test } from 'vitest'
import { exchange, giveCodeTo } from '../../support/code.ts'
import { ownersWays } from '../../support/owner.ts'
import { query } from '../../support/rows.ts'
import { logIn, someAddress } from '../../support/shopper.ts'
import { street } from '../../support/street.ts'
import { startSocialApp } from '../../support/upstream.ts'

// Without verification a stranger's login makes an account of an address that is not its own.
const shop = await startSocialApp({
  frozen: true,
  settings: { require_email_verification: false },
})
const { app } = shop
const { call, tenant } = app
const ways = Object.entries(ownersWays(shop))

const STOLEN = 'a stolen river 43'
const post = async (path: string, body: object, place = '198.51.100.1') =>
  call('POST', path, {
    token: await app.storefrontToken(),
    body,
    headers: { 'CF-Connecting-IP': place },
  })

/** A place where only a device that has logged in before may try a password. */
const barred = '203.0.113.66'
for (let n = 0; n < 20; n++) {
  await post('/auth/login', { email: someAddress(), password: 'wrong' }, barred)
}

const profile = {
  ...{ firstName: 'Mallory', lastName: 'Malloy', phone: '+14155550123', locale: 'de' },
  metadata: { note: 'mine' },
}

/** Somebody who has registered with the address of another person, and is at home there. */
async function makeStranger() {
  const email = someAddress()
  await post('/customer', { email, password: STOLEN })
  const session = await logIn(app, { id: '', email, password: STOLEN })
  const { userId: id, accessToken: token } = session
  expect((await call('PATCH', '/customer/me', { token, body: profile })).status).toBe(200)
  const body = street('13 Trap St')
  expect((await call('POST', '/customer/me/address', { token, body })).status).toBe(201)
  return { ...session, id, email, password: STOLEN }
}
type Stranger = Awaited<ReturnType<typeof makeStranger>>

/** What there is of a stranger in an account. */
async function tracesOf({ id, email, accessToken, deviceToken }: Stranger) {
  const { body } = await call('GET', `/customer/${id}`)
  const [row] = await query<{ names: string; has_default: boolean }>(
    `select first_name_key || last_name_key as names,
      coalesce(default_shipping_id, default_billing_id) is not null as has_default
      from customer where tenant = $1 and id = $2`,
    [tenant, id],
  )
  const typo = await post('/auth/login', { email, password: 'typo', deviceToken }, barred)
  return {
    profile: Object.fromEntries(Object.keys(profile).map((name) => [name, body[name]])),
    isFoundByName: row?.names !== '',
    streets: body.addresses.map(({ line1 }: { line1: string }) => line1),
    hasDefault: row?.has_default,
    session: (await call('GET', '/auth/me', { token: accessToken })).status,
    device: typo.body.code,
  }
}

describe('of a stranger who had an account first, nothing is left when the owner comes', () => {
  test.each(ways)('%s', async (_, come) => {
    const stranger = await makeStranger()
    expect(await tracesOf(stranger)).toEqual({
      ...{ profile, isFoundByName: true, streets: ['13 Trap St'], hasDefault: true },
      ...{ session: 200, device: 'invalid_credentials' },
    })
    await come(stranger.email)
    expect(await tracesOf(stranger)).toEqual({
      profile: { firstName: null, lastName: null, phone: null, locale: null, metadata: {} },
      ...{ isFoundByName: false, streets: [], hasDefault: false },
      ...{ session: 401, device: 'too_many_attempts' },
    })
    const { refreshToken } = stranger
    expect((await post('/auth/refresh', { refreshToken })).status).toBe(401)
  })
})

describe('a code of the page that a stranger has not exchanged yet', () => {
  test('is good before the owner comes', async () => {
    const given = await giveCodeTo(app, await makeStranger())
    expect((await exchange(app, given)).status).toBe(200)
  })

  test.each(ways)('is dead when the owner comes %s', async (_, come) => {
    const stranger = await makeStranger()
    const given = await giveCodeTo(app, stranger)
    await come(stranger.email)
    const { status, said } = await exchange(app, given)
    expect([status, said]).toEqual([400, 'invalid_grant'])
  })
})
