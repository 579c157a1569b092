import { expect, test } from 'vitest'
import { filterTrustInRules } from '#core/customer'
import { accessByRoute, type RouteKey } from '../../src/http/access.ts'
import { startTestApp } from '../support/app.ts'
import { makeAuthenticator } from '../support/authenticator.ts'
import { linkSomething } from '../support/identity.ts'
import { NEW } from '../support/intention.ts'
import { browserAt } from '../support/login-page.ts'
import { home, outsiderIn, type Self, taken } from '../support/outsider.ts'
import { passkeysIn } from '../support/passkey.ts'
import { query } from '../support/rows.ts'
import { logIn, makeShopper, PASSWORD, type Shopper, someAddress } from '../support/shopper.ts'

const app = await startTestApp({ settings: { metadata_service_keys: ['tier'] }, frozen: true })
const { call, tenant } = app
const { ask, linkTo, register, logInByCode, addAddress, askMove, move, reset } = outsiderIn(app)
const passkeys = passkeysIn(app)
const addPasskey = async (token: string) => {
  const authenticator = makeAuthenticator()
  const { body } = await passkeys.register(token, authenticator)
  return { authenticator, id: String(body.id) }
}
const MINUTE = 60_000
const DAY = 86_400_000

type Trust = typeof filterTrustInRules
/** The filters whose values shoppers cannot change. */
type Trusted = {
  [F in keyof Trust]: Trust[F] extends 'always' | 'metadata' ? F : never
}[keyof Trust]

/** A rule with each of them, of which a shopper with an order of 2,000 two days ago, in the group `plain`, is left out. */
const rules: Readonly<Record<Trusted, object>> = {
  group: { group: 'vip' },
  groupNot: { groupNot: 'plain' },
  groupMode: { group: ['plain', 'vip'], groupMode: 'all' },
  status: { status: ['disabled', 'guest', 'unverified'] },
  minOrders: { minOrders: 2 },
  maxOrders: { maxOrders: 0 },
  hasOrders: { hasOrders: false },
  minSpent: { minSpent: 2001 },
  maxSpent: { maxSpent: 1999 },
  createdAfter: { createdAfter: '-1d' },
  createdBefore: { createdBefore: '-3d' },
  lastOrderAfter: { lastOrderAfter: '-1d' },
  lastOrderBefore: { lastOrderBefore: '-3d' },
  emailVerified: { emailVerified: false },
  emailDomain: { emailDomain: 'staff.example' },
  metadata: { metadata: { tier: 'gold' } },
}
/** Which of them hold a customer who was just made, in no group and without an order: for what is absent. */
const fresh: Trusted[] = ['groupNot', 'maxOrders', 'hasOrders', 'maxSpent', 'createdAfter']
const freshGuest: Trusted[] = [...fresh, 'status', 'emailVerified']

type Act = {
  /** The shopper's password, address or account is another one afterwards, so no other act follows. */
  readonly last?: true
  /** Answers with the address of another customer that comes of it. */
  readonly go: (self: Self) => Promise<unknown>
  /** The groups that the shopper enters: only a proof of an inbox does that. */
  readonly enters?: readonly Trusted[]
  /** Those of the other customer. */
  readonly another?: readonly Trusted[]
}

const refused = async (answer: ReturnType<typeof call>) =>
  expect((await answer).status).toBeOneOf([401, 403, 404, 409, 422])

/** It concerns no customer. */
const nothing = { go: async () => undefined }

/** All that a shopper, a storefront and a stranger can write; a route that is new must be decided on. */
const acts: Readonly<Record<string, Act>> = {
  'POST /oauth/authorize': {
    async go({ shopper: { email, password } }) {
      const browser = browserAt(app)
      const { status } = await browser.send(await browser.open(), { email, password })
      expect(status).toBe(303)
    },
  },
  // It sends the browser on, and reads nothing.
  'POST /oauth/callback/{provider}': nothing,
  'POST /oauth/token': nothing,
  'POST /oauth/revoke': nothing,
  'POST /auth/login': { go: ({ shopper }) => logIn(app, shopper) },
  'POST /auth/refresh': { go: ({ refreshToken }) => taken(ask('/auth/refresh', { refreshToken })) },
  'POST /auth/logout': { go: ({ refreshToken }) => taken(ask('/auth/logout', { refreshToken })) },
  'DELETE /auth/session': { go: ({ token }) => taken(call('DELETE', '/auth/session', { token })) },
  'DELETE /auth/session/{sessionId}': {
    go: ({ token, sessionId }) => taken(call('DELETE', `/auth/session/${sessionId}`, { token })),
  },
  'POST /auth/code': { go: ({ shopper: { email } }) => taken(ask('/auth/code', { email })) },
  'POST /auth/code/verify': { go: ({ shopper: { email } }) => logInByCode(email) },
  'POST /auth/passkey/register/options': {
    go: ({ token }) => taken(call('POST', '/auth/passkey/register/options', { token })),
  },
  'POST /auth/passkey/register/verify': { go: ({ token }) => addPasskey(token) },
  'POST /auth/passkey/login/options': {
    go: () => taken(ask('/auth/passkey/login/options', undefined)),
  },
  'POST /auth/passkey/login/verify': {
    async go({ token }) {
      const { authenticator } = await addPasskey(token)
      await taken(ask('/auth/passkey/login/verify', authenticator.get(await passkeys.request())))
    },
  },
  'PATCH /auth/passkey/{id}': {
    async go({ token }) {
      const path = `/auth/passkey/${(await addPasskey(token)).id}`
      await taken(call('PATCH', path, { token, body: { name: 'Telephone' } }))
    },
  },
  'DELETE /auth/passkey/{id}': {
    async go({ token }) {
      await taken(call('DELETE', `/auth/passkey/${(await addPasskey(token)).id}`, { token }))
    },
  },
  'DELETE /auth/identity/{id}': {
    async go({ shopper, token }) {
      const path = `/auth/identity/${await linkSomething(app, shopper.id)}`
      await taken(call('DELETE', path, { token }))
    },
  },
  'POST /auth/verify-email': { go: () => register(someAddress()), another: fresh },
  'POST /auth/verify-email/resend': {
    go: ({ shopper: { email } }) => taken(ask('/auth/verify-email/resend', { email })),
  },
  'POST /auth/password/forgot': {
    go: ({ shopper: { email } }) => taken(ask('/auth/password/forgot', { email })),
  },
  'POST /auth/password/reset': { last: true, go: reset },
  'POST /auth/password/change': {
    last: true,
    go: ({ token }) =>
      taken(ask('/auth/password/change', { currentPassword: PASSWORD, password: NEW }, token)),
  },
  'POST /auth/reauthenticate': {
    last: true,
    go: ({ token }) => taken(ask('/auth/reauthenticate', { password: PASSWORD }, token)),
  },
  'POST /auth/email/change': { go: async (self) => void (await askMove(self)) },
  'POST /auth/email/confirm': { last: true, go: move, enters: ['emailDomain'] },
  'POST /auth/email/undo': {
    last: true,
    async go(self) {
      await move(self)
      await taken(ask('/auth/email/undo', { token: await linkTo(self.shopper.email) }))
    },
  },
  'POST /customer/guest': {
    async go({ shopper: { email } }) {
      await taken(ask('/customer/guest', { email, locale: 'de', address: home }))
      const other = someAddress()
      await taken(ask('/customer/guest', { email: other, address: home }))
      await refused(ask('/customer/guest', { email: other, metadata: { tier: 'gold' } }))
      return other
    },
    another: freshGuest,
  },
  'POST /customer': {
    async go({ shopper: { email } }) {
      await taken(ask('/customer', { email, password: NEW, locale: 'de' }))
      for (const more of [
        { metadata: { tier: 'gold' } },
        { groups: ['vip'] },
        { status: 'active' },
      ])
        await refused(ask('/customer', { email: someAddress(), password: NEW, ...more }))
    },
  },
  'PATCH /customer/{id}': {
    async go({ shopper, token }) {
      const patch = (body: object) => call('PATCH', '/customer/me', { token, body })
      const profile = { firstName: 'V', lastName: 'IP', phone: '+14155551234', locale: 'de' }
      await taken(patch({ ...profile, metadata: { note: 'gold' } }))
      for (const one of [
        { metadata: { tier: 'gold' } },
        { email: 'boss@staff.example' },
        { externalId: 'vip' },
        { groups: ['vip'] },
        { orderCount: 9 },
        { totalSpent: 9 },
        { emailVerified: true },
        { status: 'guest' },
        { createdAt: '2020-01-01T00:00:00Z' },
      ])
        await refused(patch(one))
      const order = { total: 9, currency: 'USD', state: 'paid', placedAt: home, version: 9 }
      await refused(call('PUT', '/customer/me/order/own', { token, body: order }))
      await refused(ask('/customer/me/group', { group: 'vip' }, token))
      await refused(call('DELETE', '/customer/me/group/plain', { token }))
      await refused(ask('/group/vip/member', { add: [shopper.id] }, token))
      await refused(ask(`/customer/${shopper.id}/merge`, { from: shopper.id }, token))
    },
  },
  'DELETE /customer/{id}': {
    last: true,
    async go({ shopper: { email }, token }) {
      const body = { currentPassword: PASSWORD }
      await taken(call('DELETE', '/customer/me', { token, body }))
      app.advance(MINUTE)
      return register(email)
    },
    another: fresh,
  },
  'POST /customer/{id}/erase': {
    last: true,
    async go({ shopper: { email }, token }) {
      const body = { currentPassword: PASSWORD }
      await taken(call('POST', '/customer/me/erase', { token, body }))
      app.advance(MINUTE)
      return register(email)
    },
    another: fresh,
  },
  'PUT /customer/{id}/consent/{purpose}': {
    async go({ token }) {
      const body = { state: 'granted' }
      await taken(call('PUT', '/customer/me/consent/marketing', { token, body }))
    },
  },
  'POST /consent/confirm': {
    go: () => refused(ask('/consent/confirm', { token: 'mt_made-up' })),
  },
  'POST /customer/{id}/address': { go: ({ token }) => addAddress(token).then(() => undefined) },
  'PATCH /customer/{id}/address/{addressId}': {
    async go({ token }) {
      const path = `/customer/me/address/${await addAddress(token)}`
      await taken(call('PATCH', path, { token, body: { ...home, company: 'Acme' } }))
    },
  },
  'DELETE /customer/{id}/address/{addressId}': {
    async go({ token }) {
      await taken(call('DELETE', `/customer/me/address/${await addAddress(token)}`, { token }))
    },
  },
}

test('every route is here by which no service writes, and every filter whose value is trusted', () => {
  const isOpen = (key: RouteKey) =>
    accessByRoute[key].shopper || accessByRoute[key].storefront || accessByRoute[key].open
  const written = (Object.keys(accessByRoute) as RouteKey[]).filter(
    (key) => !key.startsWith('GET ') && isOpen(key),
  )
  expect(Object.keys(acts).sort()).toEqual(written.sort())
  const trusted = Object.entries(filterTrustInRules).filter(([, trust]) =>
    /always|metadata/.test(trust),
  )
  expect(Object.keys(rules).sort()).toEqual(trusted.map(([name]) => name).sort())
})

/** The trusted groups of the customers of an address, or of one. */
async function groupsOf(which: { id: string } | { email: unknown }): Promise<string[][]> {
  const rows = await query<{ keys: string[] }>(
    `select array_remove(group_keys, 'plain') as keys from customer
     where tenant = $1 and status not in ('deleted', 'erased') and ${'id' in which ? 'id' : 'email_key'} = $2`,
    [tenant, 'id' in which ? which.id : String(which.email).toLowerCase()],
  )
  return rows.map(({ keys }) => keys)
}
const keysOf = (names: readonly Trusted[] = []) => names.map((name) => name.toLowerCase()).sort()

/** A shopper with an order, in the group `plain`. */
async function regular(): Promise<Shopper> {
  const shopper = await makeShopper(app)
  const placedAt = app.runtime.now().toISOString()
  const body = { total: 2000, currency: 'USD', state: 'paid', placedAt, version: 1 }
  await taken(call('PUT', `/customer/${shopper.id}/order/of-${shopper.id}`, { body }))
  await taken(call('POST', `/customer/${shopper.id}/group`, { body: { group: 'plain' } }))
  return shopper
}

test('nobody gets into a trusted group by what shoppers and strangers can do, unless an inbox was proven', async () => {
  for (const key of ['vip', 'plain']) await taken(call('POST', '/group', { body: { key } }))
  for (const [key, rule] of Object.entries(rules))
    await taken(call('POST', '/group', { body: { key, rule } }))
  const names = Object.keys(acts)
  const common = await regular()
  const shoppers = new Map<string, Shopper>()
  for (const name of names) shoppers.set(name, acts[name]?.last ? await regular() : common)
  await app.drain()
  app.advance(2 * DAY)
  await app.cron()
  for (const { id } of shoppers.values()) expect(await groupsOf({ id })).toEqual([[]])

  const others = new Map<string, unknown>()
  for (const [name, shopper] of shoppers) {
    const { accessToken, refreshToken } = await logIn(app, shopper)
    const { body } = await call('GET', '/auth/session', { token: accessToken })
    const self = { shopper, token: accessToken, refreshToken, sessionId: body.data[0].id }
    others.set(name, await acts[name]?.go(self))
  }
  const check = async (when: string) => {
    for (const [name, { id }] of shoppers) {
      const { enters, another } = acts[name] ?? {}
      const isGone = /^DELETE \/customer\/{id}$|\/erase$/.test(name)
      const own = isGone ? [] : [keysOf(enters)]
      expect(await groupsOf({ id }), `${name}, ${when}`).toEqual(own)
      if (another === undefined) continue
      const email = others.get(name)
      expect(await groupsOf({ email }), `${name}, ${when}`).toEqual([keysOf(another)])
    }
  }
  await app.drain()
  await check('judged by its event')
  await app.cron()
  await app.drain()
  await check('after the merges and by the clock')
})
