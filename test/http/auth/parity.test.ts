import { describe, expect, test } from 'vitest'
import { startTestApp } from '../../support/app.ts'
import { logIn, makeShopper, PASSWORD, someAddress } from '../../support/shopper.ts'

const app = await startTestApp()
const { call, wire } = app

/** All that a stranger can tell of an answer, but for what differs between any two; and the work that it was. */
async function ask(path: string, body: unknown) {
  const token = await app.storefrontToken()
  wire.reset()
  const { status, headers, text, body: problem } = await call('POST', path, { token, body })
  const { trips, statements } = wire.count()
  await app.drain()
  const shown = [...headers].filter(([name]) => !['x-request-id', 'server-timing'].includes(name))
  return {
    status,
    headers: shown,
    text: text.replace(problem?.requestId ?? '', ''),
    trips,
    statements,
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

test('a login makes two hashes, whoever it is for', async () => {
  const { identity } = app.runtime
  const { passwords } = identity
  let hashes = 0
  const counted: typeof passwords = {
    ...passwords,
    hash: (...given) => {
      hashes++
      return passwords.hash(...given)
    },
    verify: (...given) => {
      hashes++
      return passwords.verify(...given)
    },
  }
  const spent: number[] = []
  for (const make of [...Object.values(kinds), async () => someAddress()]) {
    const email = await make()
    for (const password of ['not the password', PASSWORD, 'registered once 8']) {
      Object.assign(identity, { passwords: counted })
      hashes = 0
      await ask('/auth/login', { email, password })
      spent.push(hashes)
      Object.assign(identity, { passwords })
    }
  }
  expect(spent).toEqual(spent.map(() => 2))
})
