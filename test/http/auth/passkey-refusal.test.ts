import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { PasskeyAssertion, PasskeyCreation, RegisterPasskey } from '#core/passkey'
import { startTestApp } from '../../support/app.ts'
import { type Faults, makeAuthenticator } from '../../support/authenticator.ts'
import { passkeysIn } from '../../support/passkey.ts'
import { logIn as logInByPassword, makeShopper } from '../../support/shopper.ts'

const app = await startTestApp()
const { call } = app
const { creation, request, register, verify, logIn } = passkeysIn(app)

const MINUTES = 60_000
const OTHER = 'c29tZWJvZHkgZWxzZQ'

const visitor = async () => {
  const shopper = await makeShopper(app)
  const { accessToken: token } = await logInByPassword(app, shopper)
  return { ...shopper, token: token as string }
}

async function withPasskey() {
  const shopper = await visitor()
  const authenticator = makeAuthenticator()
  await register(shopper.token, authenticator)
  return { ...shopper, authenticator }
}

/** A text in base64url with one bit turned in its last byte. */
function turned(written: string): string {
  const bytes = Buffer.from(written, 'base64url')
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
  return bytes.toString('base64url')
}

/** What a page, a browser or an authenticator may do otherwise than it should, at a login and at a registration alike. */
const pages: Readonly<Record<string, Faults>> = {
  'at another origin': { origin: 'https://evil.example' },
  'at an origin that begins like ours': { origin: 'https://shop.example.evil.example' },
  'without TLS': { origin: 'http://shop.example' },
  'at another port': { origin: 'https://shop.example:8443' },
  'below the domain, where nobody of ours is': { origin: 'https://user.shop.example' },
  'in a frame of another site': { crossOrigin: true },
  'in a frame of another site, which is named': {
    crossOrigin: true,
    topOrigin: 'https://evil.example',
  },
  'within a page that it calls its own': { topOrigin: 'https://shop.example' },
  'for another domain': { rpId: 'evil.example' },
  'for a domain below ours': { rpId: 'www.shop.example' },
  'without looking who it is': { userVerified: false },
  'without a person': { userPresent: false, userVerified: false },
  'to a challenge of its own': { challenge: Buffer.alloc(56, 7).toString('base64url') },
  'to no challenge': { challenge: '' },
}

describe('a login is refused, whatever is wrong, and always alike', () => {
  const said: { text: string; headers: unknown }[] = []

  const refused = async (work: () => ReturnType<typeof verify>) => {
    const { status, body, text, headers } = await work()
    expect([status, body.code]).toEqual([401, 'invalid_credentials'])
    said.push({ text: text.replace(body.requestId, ''), headers: headers.get('WWW-Authenticate') })
  }

  const faults: Readonly<Record<string, Faults>> = {
    ...pages,
    'with the answer to a registration': { type: 'webauthn.create' },
    'with another key': { foreignKey: true },
    'with the name of another account': { userHandle: OTHER },
    'without the name of an account': { userHandle: null },
  }
  test.each(Object.entries(faults))('%s', async (_, fault) => {
    const { authenticator } = await withPasskey()
    await refused(() => logIn(authenticator, fault))
    expect((await logIn(authenticator)).status).toBe(200)
  })

  type Change = (answer: PasskeyAssertion) => unknown
  const changes: Readonly<Record<string, Change>> = {
    'with a signature that was altered': ({ response, ...rest }) => ({
      ...rest,
      response: { ...response, signature: turned(response.signature) },
    }),
    'with data that were altered': ({ response, ...rest }) => ({
      ...rest,
      response: { ...response, authenticatorData: turned(response.authenticatorData) },
    }),
    'with data that are none': ({ response, ...rest }) => ({
      ...rest,
      response: { ...response, authenticatorData: 'AAAA' },
    }),
    'with a page that says nothing': ({ response, ...rest }) => ({
      ...rest,
      response: { ...response, clientDataJSON: 'AAAA' },
    }),
    'of nobody': (answer) => ({ ...answer, id: OTHER, rawId: OTHER }),
    'with two names': (answer) => ({ ...answer, rawId: OTHER }),
  }
  test.each(Object.entries(changes))('%s', async (_, change) => {
    const { authenticator } = await withPasskey()
    const answer = authenticator.get(await request())
    await refused(() => verify(change(answer)))
  })

  test('with a challenge that was spent', async () => {
    const { authenticator } = await withPasskey()
    const answer = authenticator.get(await request())
    expect((await verify(answer)).status).toBe(200)
    await refused(() => verify(answer))
  })

  test('with a challenge that is five minutes old', async () => {
    const { authenticator } = await withPasskey()
    const options = await request()
    app.advance(5 * MINUTES - 20)
    expect((await verify(authenticator.get(options))).status).toBe(200)
    const late = await request()
    app.advance(5 * MINUTES)
    await refused(() => verify(authenticator.get(late)))
  })

  test('with the challenge of a registration, also of its own', async () => {
    const { authenticator, token } = await withPasskey()
    const { challenge } = await creation(token)
    await refused(() => logIn(authenticator, { challenge }))
  })

  test('with a challenge of another shop', async () => {
    const { authenticator } = await withPasskey()
    const token = app.strangerToken()
    const { body } = await call('POST', '/auth/passkey/login/options', { token })
    await refused(() => logIn(authenticator, { challenge: body.challenge }))
  })

  test('in another shop, with its challenge', async () => {
    const { authenticator } = await withPasskey()
    const token = app.strangerToken()
    const { body: options } = await call('POST', '/auth/passkey/login/options', { token })
    const body = authenticator.get(options)
    await refused(() => call('POST', '/auth/passkey/login/verify', { token, body }))
  })

  test('in the same words', () => {
    expect(said.length).toBeGreaterThan(25)
    expect(said).toEqual(said.map(() => said[0]))
  })
})

describe('a new passkey is refused', () => {
  const refused = async (token: string, body: unknown) => {
    const answer = await call('POST', '/auth/passkey/register/verify', { token, body })
    expect([answer.status, answer.body.code]).toEqual([422, 'passkey_invalid'])
    expect((await call('GET', '/auth/passkey', { token })).body.data).toEqual([])
  }

  const faults: Readonly<Record<string, Faults>> = {
    ...pages,
    'with the answer to a login': { type: 'webauthn.get' },
    'of an algorithm that nobody asked for': { algorithm: -8 - 40 },
    'with two names': { id: OTHER },
  }
  test.each(Object.entries(faults))('%s', async (_, fault) => {
    const { token } = await visitor()
    const options: PasskeyCreation = await creation(token)
    await refused(token, makeAuthenticator().create(options, fault))
    expect((await register(token)).status).toBe(200)
  })

  test.each(['AAAA', 'o2NmbXQ', Buffer.alloc(15_000, 0x9f).toString('base64url')])(
    'that says nothing',
    async (attestationObject) => {
      const { token } = await visitor()
      const { response, ...rest }: RegisterPasskey = makeAuthenticator().create(
        await creation(token),
      )
      await refused(token, { ...rest, response: { ...response, attestationObject } })
    },
  )

  test('for a challenge that was spent', async () => {
    const { token } = await visitor()
    const options = await creation(token)
    const body = makeAuthenticator().create(options)
    const first = await call('POST', '/auth/passkey/register/verify', { token, body })
    await call('DELETE', `/auth/passkey/${first.body.id}`, { token })
    await refused(token, makeAuthenticator().create(options))
  })

  test('for a challenge that is five minutes old', async () => {
    const { token } = await visitor()
    const options = await creation(token)
    app.advance(5 * MINUTES)
    await refused(token, makeAuthenticator().create(options))
  })

  test('for a challenge of another account, and for that of a login', async () => {
    const [{ token }, other] = [await visitor(), await visitor()]
    await refused(token, makeAuthenticator().create(await creation(other.token)))
    const { challenge } = await request()
    await refused(token, makeAuthenticator().create(await creation(token), { challenge }))
  })

  test('when it is there already, here or in another account of the shop', async () => {
    const { token, authenticator } = await withPasskey()
    const [own] = authenticator.passkeys
    for (const bearer of [token, (await visitor()).token]) {
      const twin = makeAuthenticator()
      const body = twin.create(await creation(bearer), { credentialId: own?.id ?? '' })
      const answer = await call('POST', '/auth/passkey/register/verify', { token: bearer, body })
      expect([answer.status, answer.body.code]).toEqual([409, 'passkey_exists'])
    }
    expect((await logIn(authenticator)).status).toBe(200)
  })
})

test('what the maker of an authenticator says is not read: no certificate, no list of revoked ones', async () => {
  const fetched = vi.spyOn(globalThis, 'fetch')
  const { token } = await visitor()
  const attestation = { fmt: 'packed', statement: new Map([['x5c', 'no certificate']]) }
  const authenticator = makeAuthenticator()
  expect((await register(token, authenticator, { attestation })).status).toBe(200)
  expect((await logIn(authenticator)).status).toBe(200)
  expect(fetched).not.toHaveBeenCalled()
  fetched.mockRestore()
})

describe('what is no answer of a browser is invalid', () => {
  const path = '/auth/passkey/login/verify'
  test.each([
    ['', {}],
    ['', { id: 'AA', rawId: 'AA', type: 'public-key' }],
    ['', { id: 'a b', rawId: 'AA', type: 'public-key', response: {} }],
    ['', { id: { length: 1 }, rawId: 'AA', type: 'password', response: 7 }],
  ])('%s%j', async (_, body) => {
    const answer = await call('POST', path, { token: await app.storefrontToken(), body })
    expect([answer.status, answer.body.code]).toEqual([422, 'invalid_input'])
  })

  test('and what a browser adds is left out', async () => {
    const { authenticator } = await withPasskey()
    const answer = authenticator.get(await request())
    const body = {
      ...answer,
      authenticatorAttachment: 'platform',
      clientExtensionResults: { credProps: { rk: true } },
      response: { ...answer.response, more: 1 },
    }
    expect((await verify(body)).status).toBe(200)
  })
})

describe('the log', () => {
  const lines: string[] = []
  beforeEach(() => {
    lines.length = 0
    for (const level of ['log', 'warn', 'error'] as const) {
      vi.spyOn(console, level).mockImplementation((line) => void lines.push(String(line)))
    }
    return () => void vi.restoreAllMocks()
  })

  test('has no word of the library and no value of a refused passkey', async () => {
    const { authenticator, token } = await withPasskey()
    const origin = 'https://evil.example'
    await logIn(authenticator, { origin })
    await register(token, makeAuthenticator(), { origin })
    await app.settled()
    const [own] = authenticator.passkeys
    for (const word of [origin, 'nexpected', own?.id ?? '', own?.userHandle ?? '']) {
      expect(lines.join('\n')).not.toContain(word)
    }
  })
})
