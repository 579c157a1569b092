import { describe, expect, test } from 'vitest'
import { startTestApp } from '../../support/app.ts'
import { browserAt } from '../../support/login-page.ts'
import { logIn, makeShopper, PASSWORD, someAddress } from '../../support/shopper.ts'

const app = await startTestApp()
const { call, wire } = app

/** Hashes of passwords since it was set to 0; they are what a stranger could time. */
let hashes = 0
const { passwords } = app
const real = { ...passwords }
Object.assign(passwords, {
  hash(...given) {
    hashes++
    return real.hash(...given)
  },
  verify(...given) {
    hashes++
    return real.verify(...given)
  },
} satisfies Partial<typeof passwords>)

/** All that a stranger can tell of an answer, but for what differs between any two; and the work that it was. */
async function ask(path: string, body: unknown) {
  const token = await app.storefrontToken()
  wire.reset()
  hashes = 0
  const { status, headers, text, body: problem } = await call('POST', path, { token, body })
  const { trips, statements } = wire.count()
  const hashed = hashes
  await app.drain()
  const shown = [...headers].filter(([name]) => !['x-request-id', 'server-timing'].includes(name))
  return {
    status,
    headers: shown,
    text: text.replace(problem?.requestId ?? '', '').replace(problem?.handle ?? '', ''),
    trips,
    statements,
    hashed,
  }
}

const kinds = {
  'an account in use': async () => (await makeShopper(app)).email,
  'an account in use that is logged in': async () => {
    const shopper = await makeShopper(app)
    await logIn(app, shopper)
    return shopper.email
  },
  'an account that a service made': async () => {
    const email = someAddress()
    await call('POST', '/customer', { body: { email } })
    return email
  },
  'a disabled account': async () => {
    const { id, email } = await makeShopper(app)
    await call('POST', `/customer/${id}/disable`)
    return email
  },
  'an account in use, in capitals': async () => (await makeShopper(app)).email.toUpperCase(),
  'an account whose shop made its password': async () => {
    const email = someAddress()
    await call('POST', '/customer', { body: { email, password: PASSWORD } })
    app.advance(60_000)
    return email
  },
  'a guest': async () => {
    const email = someAddress()
    await call('POST', '/customer/guest', { body: { email } })
    return email
  },
  'a guest of a storefront': async () => {
    const email = someAddress()
    await ask('/customer/guest', { email, address: home })
    return email
  },
  'an account in use and a guest': async () => {
    const { email } = await makeShopper(app)
    await call('POST', '/customer/guest', { body: { email, address: home } })
    return email
  },
  'a deleted account': async () => {
    const { id, email } = await makeShopper(app)
    await call('DELETE', `/customer/${id}`)
    return email
  },
  'an account that was taken to another address, and may come back': async () => {
    const shopper = await makeShopper(app)
    const { accessToken: token } = await logIn(app, shopper)
    const body = { email: someAddress(), password: PASSWORD }
    await call('POST', '/auth/email/change', { token, body })
    await app.drain()
    const [link] = app.mails.splice(0).map(({ text }) => /token=(\S+)/.exec(text)?.[1])
    await call('POST', '/auth/email/confirm', { token, body: { token: link } })
    return shopper.email
  },
  'an address that was mailed just now': async () => {
    const email = someAddress()
    await call('POST', '/auth/password/forgot', {
      token: await app.storefrontToken(),
      body: { email },
    })
    return email
  },
  'a registration': async () => {
    const email = someAddress()
    await call('POST', '/customer', {
      token: await app.storefrontToken(),
      body: { email, password: 'registered once 8' },
    })
    app.advance(60_000)
    return email
  },
}

const home = {
  line1: '1 Main St',
  city: 'Reno',
  state: 'NV',
  postalCode: '89501',
  country: 'US',
}

const questions = {
  registration: ['/customer', { password: PASSWORD, firstName: 'Jane' }],
  'registration without a password': ['/customer', {}],
  'login with a wrong password': ['/auth/login', { password: 'not the password' }],
  'forgotten password': ['/auth/password/forgot', {}],
  'verification once more': ['/auth/verify-email/resend', {}],
  'verification once more, with the password': [
    '/auth/verify-email/resend',
    { password: PASSWORD },
  ],
  'a code by mail': ['/auth/code', {}],
  'guest checkout': ['/customer/guest', { firstName: 'Jane' }],
  'guest checkout with an address': ['/customer/guest', { lastName: 'Doe', address: home }],
} as const

describe.each(Object.entries(questions))('%s', (_, [path, body]) => {
  test.each(Object.entries(kinds))('tells nothing of %s', async (__, make) => {
    const email = await make()
    await app.drain()
    const known = await ask(path, { email, ...body })
    const unknown = await ask(path, { email: someAddress(), ...body })
    expect(known).toEqual(unknown)
  })
})

test.each(Object.entries(kinds))('a wrong code tells nothing of %s', async (_, make) => {
  const answers = []
  for (const email of [await make(), someAddress()]) {
    await app.drain()
    const token = await app.storefrontToken()
    const { body } = await call('POST', '/auth/code', { token, body: { email } })
    const typed = { email, handle: body.handle, code: 'wrong' }
    answers.push(await ask('/auth/code/verify', typed))
  }
  expect(answers[0]).toEqual(answers[1])
  expect(answers[0]).toMatchObject({ status: 401, trips: 1 })
})

/** The same of the page on which shoppers log in, but for what it carries through the browser and the typed address. */
async function askPage(email: string, password: string) {
  const browser = browserAt(app)
  const opened = await browser.open()
  wire.reset()
  hashes = 0
  const { status, headers, html } = await browser.send(opened, { email, password })
  const { trips, statements } = wire.count()
  const shown = [...headers].filter(([name]) => name !== 'x-request-id')
  const text = html.replace(/ value="[^"]*"/g, '')
  return { status, headers: shown, text, trips, statements, hashed: hashes }
}

describe('the login page', () => {
  test.each(Object.entries(kinds))('tells nothing of %s', async (_, make) => {
    const email = await make()
    await app.drain()
    const known = await askPage(email, 'not the password')
    expect(known).toEqual(await askPage(someAddress(), 'not the password'))
    expect(known).toMatchObject({ status: 401, trips: 1, hashed: 2 })
  })
})

test.each(Object.entries(kinds))(
  'a registration of his own tells a stranger nothing of %s',
  async (_, make) => {
    const answers = []
    for (const email of [await make(), someAddress()]) {
      const body = { email, password: 'typed by a stranger 6' }
      await ask('/customer', body)
      answers.push(await ask('/auth/login', body))
    }
    expect(answers[0]).toEqual(answers[1])
    expect(answers[0]).toMatchObject({ status: 403, hashed: 2 })
  },
)

const places = { ...kinds, nobody: async () => someAddress() }

test.each(Object.entries(places))(
  'a login makes two hashes for %s, whatever the password',
  async (_, make) => {
    const email = await make()
    for (const password of ['not the password', PASSWORD, 'registered once 8']) {
      const { hashed } = await ask('/auth/login', { email, password })
      expect(hashed).toBe(2)
    }
  },
)
