import type { RouteKey } from '../../src/http/access.ts'
import type { TestApp } from './app.ts'
import { makeAuthenticator } from './authenticator.ts'
import { outsiderIn, taken } from './outsider.ts'
import { passkeysIn } from './passkey.ts'
import { logIn, makeShopper, PASSWORD, someAddress } from './shopper.ts'

type Values = Readonly<Record<string, unknown>>
// biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects to be there
type Document = any

/** A route that writes the fields of its body, with a value of each that is neither its default nor what was there before. */
type FieldSample = {
  readonly route: RouteKey
  /** Why the route is here more than once. */
  readonly as?: string
  readonly values: Values
  /** The fields as they are read, where that is not as they were sent. */
  readonly shown?: Values
  /** Fields that nobody reads. */
  readonly hidden?: readonly string[]
  /** Reads a document without the values, then writes them and reads one with them. */
  readonly write: (body: Values) => Promise<readonly [without: Document, written: Document]>
}

const guest = { firstName: 'Ada', lastName: 'King', phone: '+14155551234', locale: 'en-GB' }
const profile = { ...guest, metadata: { hobby: 'chess' } }
const home = {
  label: 'Home',
  firstName: 'Ada',
  lastName: 'King',
  company: 'Acme',
  line1: '1 Main St',
  line2: 'Apt 4',
  city: 'San Francisco',
  state: 'CA',
  postalCode: '94102',
  country: 'US',
  phone: '+14155551234',
}
const wishes = { isDefault: true, defaultFor: ['shipping', 'billing'], imported: false }
const order = {
  total: 2500,
  refunded: 100,
  currency: 'EUR',
  state: 'canceled',
  placedAt: '2026-01-02T03:04:05.000Z',
  version: 2,
}
const oldOrder = {
  total: 900,
  currency: 'USD',
  state: 'paid',
  placedAt: '2025-01-02T03:04:05Z',
  version: 1,
}
const group = {
  name: 'Big spenders',
  description: 'They pay in time',
  metadata: { priceList: 'b2b' },
  rule: { country: 'US' },
  allowShopperValues: true,
}
const consent = { state: 'granted', source: 'checkout', textVersion: '2026-05' }
const hook = {
  url: 'https://shop.example/other',
  events: ['customer.created'],
  description: 'Other',
}

let count = 0
const fresh = (): string => `field${++count}`

/** One for each route that writes fields of its body. */
export function fieldSamplesIn(app: TestApp): readonly FieldSample[] {
  const { call, tokens } = app
  const { register } = outsiderIn(app)
  const send = async (method: string, path: string, body: unknown, token?: string) =>
    (await taken(call(method, path, token === undefined ? { body } : { body, token }))).body
  const read = async (path: string) => (await taken(call('GET', path))).body
  const least = () => ({ email: someAddress() })
  const customer = () => send('POST', '/customer', least())
  const found = async (email: unknown): Promise<Document> =>
    read(`/customer/${(await send('POST', '/customer/search', { email })).data[0].id}`)

  const making =
    (path: string) =>
    async (body: Values): Promise<[Document, Document]> => {
      const { id } = await send('POST', path, body)
      return [await send('POST', path, least()), await read(`/customer/${id}`)]
    }
  const account = () => ({ email: someAddress(), ...profile, externalId: fresh() })
  const addressed = {
    shown: { addresses: [home] },
    values: { ...guest, address: home },
  }

  /** The address book of a new customer, with an address that is the default. */
  const book = async () => {
    const path = `/customer/${(await customer()).id}/address`
    await send('POST', path, { line1: 'First 1', country: 'DE', imported: true })
    const { id } = await send('POST', path, { line1: 'Second 2', country: 'DE', imported: true })
    return { path, own: `${path}/${id}` }
  }
  const hookPath = async () => {
    const { id } = await send('POST', '/webhook', {
      url: 'https://shop.example/a',
      events: ['*'],
    })
    return `/webhook/${id}`
  }
  const changing =
    (make: () => Promise<string>, method: string) =>
    async (body: Values): Promise<[Document, Document]> => {
      const path = await make()
      const before = await read(path)
      await send(method, path, body)
      return [before, await read(path)]
    }
  const groupPath = async () => `/group/${(await send('POST', '/group', { key: fresh() })).key}`

  return [
    {
      route: 'POST /customer',
      values: { ...account(), password: PASSWORD },
      hidden: ['password'],
      write: making('/customer'),
    },
    {
      route: 'POST /customer',
      as: 'registered in a storefront',
      values: { email: someAddress(), ...profile },
      async write({ email, ...fields }) {
        await register(String(email), fields)
        return [await customer(), await found(email)]
      },
    },
    {
      route: 'POST /customer/find-or-create',
      values: { ...account(), password: PASSWORD },
      hidden: ['password'],
      write: making('/customer/find-or-create'),
    },
    {
      route: 'PATCH /customer/{id}',
      values: account(),
      write: changing(async () => `/customer/${(await customer()).id}`, 'PATCH'),
    },
    {
      route: 'POST /customer/guest',
      ...addressed,
      values: { ...addressed.values, email: someAddress() },
      write: making('/customer/guest'),
    },
    {
      route: 'POST /customer/guest',
      as: 'a checkout in a storefront',
      ...addressed,
      values: { ...addressed.values, email: someAddress() },
      async write(body) {
        await send('POST', '/customer/guest', body, tokens.storefront)
        return [await send('POST', '/customer/guest', least()), await found(body.email)]
      },
    },
    {
      route: 'POST /customer/{id}/address',
      values: { ...home, ...wishes },
      hidden: ['imported'],
      async write(body) {
        const { path, own } = await book()
        const { id } = await send('POST', path, body)
        return [await read(own), await read(`${path}/${id}`)]
      },
    },
    {
      route: 'PATCH /customer/{id}/address/{addressId}',
      values: { ...home, ...wishes },
      hidden: ['imported'],
      write: changing(async () => (await book()).own, 'PATCH'),
    },
    {
      route: 'PUT /customer/{id}/order/{orderId}',
      values: order,
      async write(body) {
        const path = `/customer/${(await customer()).id}/order`
        const [old, id] = [fresh(), fresh()]
        await send('PUT', `${path}/${old}`, oldOrder)
        await send('PUT', `${path}/${id}`, body)
        return [await read(`/order/${old}`), await read(`/order/${id}`)]
      },
    },
    {
      route: 'PUT /customer/{id}/order/{orderId}',
      as: 'a new state of an order',
      values: order,
      async write(body) {
        const id = fresh()
        const path = `/customer/${(await customer()).id}/order/${id}`
        await send('PUT', path, oldOrder)
        const before = await read(`/order/${id}`)
        await send('PUT', path, body)
        return [before, await read(`/order/${id}`)]
      },
    },
    {
      route: 'PUT /customer/{id}/consent/{purpose}',
      values: consent,
      async write(body) {
        const path = `/customer/${(await customer()).id}/consent`
        await send('PUT', `${path}/other`, { state: 'withdrawn' })
        await send('PUT', `${path}/terms`, body)
        return [await read(`${path}/other`), await read(`${path}/terms`)]
      },
    },
    {
      route: 'POST /customer/{id}/group',
      values: { group: fresh(), expiresAt: '2099-01-02T03:04:05.000Z' },
      async write(body) {
        const path = `/customer/${(await customer()).id}/group`
        await send('POST', path, { group: 'other' })
        await send('POST', path, body)
        const { data } = await read(path)
        const [other, added] = ['other', body.group].map((key) => {
          const { key: group, ...term } = data.find((one: Document) => one.key === key)
          return { group, ...term }
        })
        return [other, added]
      },
    },
    {
      route: 'POST /group',
      values: { key: fresh(), ...group },
      async write(body) {
        await send('POST', '/group', body)
        return [await read(await groupPath()), await read(`/group/${body.key}`)]
      },
    },
    { route: 'PATCH /group/{key}', values: group, write: changing(groupPath, 'PATCH') },
    {
      route: 'POST /webhook',
      values: hook,
      async write(body) {
        const { id } = await send('POST', '/webhook', body)
        return [await read(await hookPath()), await read(`/webhook/${id}`)]
      },
    },
    {
      route: 'PATCH /webhook/{id}',
      values: { ...hook, status: 'disabled' },
      write: changing(hookPath, 'PATCH'),
    },
    {
      route: 'POST /auth/passkey/register/verify',
      values: { name: 'Telephone', id: '', rawId: '', type: '', response: {} },
      hidden: ['id', 'rawId', 'type', 'response'],
      async write({ name }) {
        const { accessToken } = await logIn(app, await makeShopper(app))
        const passkeys = passkeysIn(app)
        const without = await passkeys.register(accessToken)
        const named = { name: String(name) }
        const written = await passkeys.register(accessToken, makeAuthenticator(), named)
        return [without.body, written.body]
      },
    },
    {
      route: 'PATCH /auth/passkey/{id}',
      values: { name: 'Telephone' },
      async write(body) {
        const { accessToken } = await logIn(app, await makeShopper(app))
        const { body: before } = await passkeysIn(app).register(accessToken)
        const path = `/auth/passkey/${before.id}`
        return [before, await send('PATCH', path, body, accessToken)]
      },
    },
  ]
}

/** Fields that say what is to be done, or prove something. No document shows them, and other tests look at what they do. */
export const commands: Readonly<Partial<Record<RouteKey, readonly string[]>>> = {
  'POST /customer/{id}/disable': ['reason'],
  'POST /customer/{id}/session': ['reason'],
  'POST /customer/{id}/erase': ['reason', 'currentPassword'],
  'DELETE /customer/{id}': ['currentPassword'],
  'POST /customer/{id}/merge/preview': ['from'],
  'POST /customer/{id}/merge': ['from', 'planId'],
  'POST /group/{key}/member': ['add', 'remove'],
  'POST /group-preview': ['rule', 'allowShopperValues'],
  'POST /event/{id}/replay': ['webhook'],
  'POST /webhook/{id}/replay': ['after', 'before'],
  'POST /consent/confirm': ['token'],
  'POST /auth/login': ['email', 'password', 'deviceToken'],
  'POST /auth/refresh': ['refreshToken', 'clientId', 'clientSecret'],
  'POST /auth/logout': ['refreshToken'],
  'POST /auth/code': ['email', 'handle', 'deviceToken'],
  'POST /auth/code/verify': ['email', 'code', 'handle', 'deviceToken'],
  'POST /auth/passkey/login/verify': ['id', 'rawId', 'type', 'response'],
  'POST /auth/verify-email': ['token', 'password'],
  'POST /auth/verify-email/resend': ['email', 'password', 'deviceToken'],
  'POST /auth/password/forgot': ['email', 'deviceToken'],
  'POST /auth/password/reset': ['token', 'password'],
  'POST /auth/password/change': ['currentPassword', 'password'],
  'POST /auth/reauthenticate': ['password', 'code', 'handle', 'passkey'],
  'POST /auth/email/change': ['email', 'password'],
  'POST /auth/email/confirm': ['token', 'password'],
  'POST /auth/email/undo': ['token'],
}
