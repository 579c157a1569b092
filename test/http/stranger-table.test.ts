import { expect, test } from 'vitest'
import { strangerFilledTables } from '../../dev/stranger-filled-tables.ts'
import { accessByRoute, nounAndKeyOfEachRoute } from '../../src/http/access.ts'
import { allRows } from '../support/all-rows.ts'
import { startTestApp } from '../support/app.ts'
import { makeAuthenticator } from '../support/authenticator.ts'
import { freshDatabase } from '../support/database.ts'
import { codesIn } from '../support/login-code.ts'
import { openMails } from '../support/mail.ts'
import { passkeysIn } from '../support/passkey.ts'
import { logIn, PASSWORD, someAddress } from '../support/shopper.ts'

const database = await freshDatabase()
const before = await allRows(database)
const app = await startTestApp({ database, settings: { require_email_verification: false } })
const mails = openMails(app)
const passkeys = passkeysIn(app)

/** Requests that a storefront's token, or nothing but its secret, allows: each route once, with what makes it do the most. */
const email = someAddress()
const address = { line1: '1 Main St', country: 'AQ' }
const credentials = { client_id: `${app.tenant}-storefront`, client_secret: 'secret' }
const form = async (path: string, values: Readonly<Record<string, string>>) => {
  const body = new URLSearchParams({ ...credentials, ...values })
  const { status } = await app.request(path, { method: 'POST', body })
  return status
}
const asked: Readonly<Record<string, () => unknown>> = {
  'POST /customer': () => ({ email, password: PASSWORD, firstName: 'Jane', metadata: { a: 'b' } }),
  'POST /customer/guest': () => ({ email: someAddress(), firstName: 'Jane', address }),
  'POST /auth/login': () => ({ email, password: PASSWORD }),
  'POST /auth/code': () => ({ email: someAddress() }),
  'POST /auth/code/verify': async () => {
    const { handle } = await codesIn(app).request(email)
    return { email, handle, code: 'wrong' }
  },
  'POST /auth/verify-email': async () => ({
    token: (await mails.next(email)).token,
    password: PASSWORD,
  }),
  'POST /auth/verify-email/resend': () => ({ email }),
  'POST /auth/password/forgot': () => ({ email: someAddress() }),
  'POST /auth/password/reset': () => ({ token: 'mt_x', password: PASSWORD }),
  'POST /auth/email/confirm': () => ({ token: 'mt_x', password: PASSWORD }),
  'POST /auth/email/undo': () => ({ token: 'mt_x' }),
  'POST /consent/confirm': () => ({ token: 'mt_x' }),
  'POST /auth/passkey/login/options': () => undefined,
  'POST /auth/passkey/login/verify': async () => {
    const { accessToken } = await logIn(app, { id: '', email, password: PASSWORD })
    const authenticator = makeAuthenticator()
    await passkeys.register(accessToken, authenticator)
    return authenticator.get(await passkeys.request())
  },
}

test('each table that a storefront can fill is in the list, with its bound and its end', async () => {
  const open = nounAndKeyOfEachRoute
    .map(([, key]) => key)
    .filter((key) => accessByRoute[key].storefront)
  expect(Object.keys(asked)).toEqual(expect.arrayContaining(open))
  const filled = new Set<string>()
  const look = async () => {
    for (const [table, rows] of await allRows(database)) {
      if (rows.length > (before.get(table)?.length ?? 0)) filled.add(table)
    }
  }
  for (const [key, body] of Object.entries(asked)) {
    await look()
    const [method = '', path = ''] = key.split(' ')
    const headers = {
      'CF-Connecting-IP': '203.0.113.1',
      'Idempotency-Key': key.replaceAll(' ', ''),
    }
    await app.call(method, path, {
      token: await app.storefrontToken(),
      body: await body(),
      headers,
    })
    await app.call('POST', '/auth/login', {
      token: await app.storefrontToken(),
      body: { email, password: 'wrong' },
      headers,
    })
  }
  const token = await app.storefrontToken()
  expect(await form('/oauth/revoke', { token })).toBe(200)
  await look()
  expect([...filled].filter((table) => !Object.hasOwn(strangerFilledTables, table))).toEqual([])
  expect(Object.keys(strangerFilledTables).filter((table) => !filled.has(table))).toEqual([
    'delivery',
  ])
})

test('a storefront revokes a hundred tokens an hour from one place, a service as many as it has', async () => {
  const revoke = async (client: string, token: string) => {
    const body = new URLSearchParams({ client_id: client, client_secret: 'secret', token })
    const headers = { 'CF-Connecting-IP': '203.0.113.2' }
    return (await app.request('/oauth/revoke', { method: 'POST', body, headers })).status
  }
  const statuses: number[] = []
  for (let n = 0; n < 102; n++) {
    statuses.push(await revoke(`${app.tenant}-storefront`, await app.storefrontToken()))
  }
  expect([statuses.indexOf(429), statuses.at(-1)]).toEqual([100, 429])
  for (let n = 0; n < 3; n++) {
    expect(await revoke(`${app.tenant}-service`, await app.tokenWith('customer:read'))).toBe(200)
  }
  app.limited.add('client 203.0.113.2')
  expect(await revoke(`${app.tenant}-storefront`, 'x')).toBe(429)
  expect(await revoke(`${app.tenant}-service`, 'x')).toBe(200)
})
