import { createHash } from 'node:crypto'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Brought } from '../../support/oidc-server.ts'
import { secretThere } from '../../support/oidc-server.ts'
import { startSocialApp } from '../../support/upstream.ts'

const shop = await startSocialApp()
const { app, server, page } = shop
const { state } = server
const usual = { ...state }
beforeEach(() => {
  Object.assign(state, usual, { now: app.runtime.now })
})

const lines: string[] = []
for (const level of ['warn', 'error'] as const) {
  vi.spyOn(console, level).mockImplementation((line) => void lines.push(String(line)))
}

const MINUTE = 60_000
const seconds = () => Math.floor(app.runtime.now().getTime() / 1000)
const login = async (change: (brought: Brought) => Brought | undefined = () => undefined) => {
  const brought = server.visit(await page.begin())
  return page.finish(change(brought) ?? brought)
}
const failed = (why: string) => ({ page: 'the page', is: 'failed', why })

test('a login brings the identity, what the provider says of the address, and what the page wanted back', async () => {
  const identity = createHash('sha256').update('https://id.example\nperson-1').digest('base64url')
  expect(await login()).toEqual({
    page: 'the page',
    is: 'proven',
    identity: {
      provider: 'social',
      identity,
      email: 'person@id.example',
      isEmailVerified: true,
      account: null,
    },
  })
})

test.each([
  [{ email_verified: 'true' }, true],
  [{ email_verified: 'false' }, false],
  [{ email_verified: 'yes' }, false],
  [{ email_verified: undefined }, false],
])('an address is called verified or not: %j', async (claims, isEmailVerified) => {
  state.claims = claims
  expect(await login()).toMatchObject({ identity: { isEmailVerified } })
})

test('a login without an address is one', async () => {
  state.claims = { email: undefined, email_verified: undefined }
  expect(await login()).toMatchObject({ is: 'proven', identity: { email: null } })
})

/** What differs from a good answer in the browser. */
const answers: Readonly<Record<string, [(parameters: URLSearchParams) => void, string]>> = {
  'another issuer': [(to) => to.set('iss', 'https://evil.example'), 'untrusted'],
  'an issuer with a slash': [(to) => to.set('iss', 'https://id.example/'), 'untrusted'],
  'no issuer, though it says that there always is one': [(to) => to.delete('iss'), 'untrusted'],
  'two codes': [(to) => to.append('code', 'other'), 'untrusted'],
  'two issuers': [(to) => to.append('iss', 'https://evil.example'), 'untrusted'],
  'no code': [(to) => to.delete('code'), 'untrusted'],
  'a code that it never gave': [(to) => to.set('code', 'other'), 'expired'],
}

describe('an answer with', () => {
  test.each(Object.entries(answers))('%s is no login', async (_, [tamper, why]) => {
    state.tamper = tamper
    expect(await login()).toEqual(failed(why))
  })
})

test('a provider that never names itself need not, but is compared when it does', async () => {
  const own = await startSocialApp()
  own.server.state.metadata = { authorization_response_iss_parameter_supported: false }
  const once = async () => own.page.finish(own.server.visit(await own.page.begin()))
  expect(await once()).toMatchObject({ is: 'proven' })
  own.server.state.tamper = (to) => to.set('iss', 'https://evil.example')
  expect(await once()).toEqual(failed('untrusted'))
})

test.each([
  ['access_denied', 'cancelled'],
  ['user_cancelled_authorize', 'cancelled'],
  ['login_required', 'cancelled'],
  ['temporarily_unavailable', 'issuer_unavailable'],
  ['server_error', 'issuer_unavailable'],
  ['unauthorized_client', 'refused'],
  ['__proto__', 'refused'],
])('the error %s is told as %s', async (error, why) => {
  state.error = error
  expect(await login()).toEqual(failed(why))
})

/** What differs from a good id token. */
const tokens: Readonly<Record<string, () => object>> = {
  'another issuer': () => ({ claims: { iss: 'https://evil.example' } }),
  'another audience': () => ({ claims: { aud: 'other-client' } }),
  'several audiences, and none that asked': () => ({ claims: { aud: ['shop-client', 'other'] } }),
  'a token of another client': () => ({ claims: { aud: ['shop-client', 'other'], azp: 'other' } }),
  'another nonce': () => ({ claims: { nonce: 'other' } }),
  'no nonce': () => ({ claims: { nonce: undefined } }),
  'no subject': () => ({ claims: { sub: undefined } }),
  'an empty subject': () => ({ claims: { sub: '' } }),
  'no end': () => ({ claims: { exp: undefined } }),
  'no begin': () => ({ claims: { iat: undefined } }),
  'an end that is past': () => ({ claims: { exp: seconds() - 60 } }),
  'a begin of long ago': () => ({ claims: { iat: seconds() - 3600 } }),
  'a begin of later': () => ({ claims: { iat: seconds() + 3600 } }),
  'no signature': () => ({ signedBy: 'nobody' }),
  'a signature by the secret of the client': () => ({ signedBy: 'client secret' }),
  'a signature by a key of somebody else': () => ({ signedBy: 'stranger' }),
  'a key that there is not': () => ({ header: { kid: 'cert-unknown' } }),
  'no name of a key': () => ({ header: { kid: undefined } }),
}

describe('an id token with', () => {
  test.each(Object.entries(tokens))('%s is no login', async (_, change) => {
    Object.assign(state, change())
    expect(await login()).toEqual(failed('untrusted'))
  })

  test('several audiences is one if it was made for this service', async () => {
    state.claims = { aud: ['shop-client', 'other'], azp: 'shop-client' }
    expect(await login()).toMatchObject({ is: 'proven' })
  })

  test('a new key is one at once, and one with a withdrawn key is not', async () => {
    const own = await startSocialApp()
    const once = async () => own.page.finish(own.server.visit(await own.page.begin()))
    expect(await once()).toMatchObject({ is: 'proven' })
    await own.server.keys.rotate({ alg: 'ES256', withdraw: true })
    expect(await once()).toMatchObject({ is: 'proven' })
    own.server.state.signedBy = 'stranger'
    expect(await once()).toEqual(failed('untrusted'))
  })
})

/** What the token endpoint says instead of tokens. */
const exchanges: Readonly<Record<string, [{ status: number; body: unknown }, string]>> = {
  'a wrong secret': [{ status: 401, body: { error: 'invalid_client' } }, 'issuer_unavailable'],
  'a spent code, with 200': [{ status: 200, body: { error: 'invalid_grant' } }, 'expired'],
  'an error in its own words': [{ status: 200, body: { status: 'error' } }, 'issuer_unavailable'],
  'no id token': [{ status: 200, body: { access_token: 'x' } }, 'untrusted'],
  'no access token': [{ status: 200, body: { id_token: 'x' } }, 'issuer_unavailable'],
  'an id token that is none': [
    { status: 200, body: { access_token: 'x', id_token: 'x' } },
    'untrusted',
  ],
  'a list': [{ status: 200, body: [] }, 'issuer_unavailable'],
}

describe('a token endpoint that answers with', () => {
  test.each(Object.entries(exchanges))('%s brings nobody', async (_, [tokenAnswer, why]) => {
    state.tokenAnswer = tokenAnswer
    expect(await login()).toEqual(failed(why))
  })
})

describe.each(['/token', '/keys', '/'])('while %s', (path) => {
  test.each(['cut', 'fail', 'page', 'hang'] as const)(
    'does not answer (%s), nobody comes in, and the next login is good',
    async (how) => {
      const own = await startSocialApp()
      const brought = own.server.visit(await own.page.begin())
      own.server.state.fault = { path, how }
      expect(await own.page.finish(brought)).toEqual(failed('issuer_unavailable'))
      own.server.state.fault = null
      const again = own.server.visit(await own.page.begin())
      expect(await own.page.finish(again)).toMatchObject({ is: 'proven' })
    },
  )
})

test('keys that are known are good for a day while the provider is away', async () => {
  const own = await startSocialApp()
  const once = async () => own.page.finish(own.server.visit(await own.page.begin()))
  expect(await once()).toMatchObject({ is: 'proven' })
  own.server.state.fault = { path: '/keys', how: 'cut' }
  own.app.advance(23 * 60 * MINUTE)
  expect(await once()).toMatchObject({ is: 'proven' })
  own.app.advance(2 * 60 * MINUTE)
  expect(await once()).toEqual(failed('issuer_unavailable'))
})

describe('a code', () => {
  test('that comes twice is good once', async () => {
    const brought = server.visit(await page.begin())
    expect(await page.finish(brought)).toMatchObject({ is: 'proven' })
    expect(await page.finish(brought)).toEqual(failed('expired'))
  })

  test('of another login is no good with this state', async () => {
    const [one, other] = [server.visit(await page.begin()), server.visit(await page.begin())]
    one.parameters.set('code', other.parameters.get('code') ?? '')
    expect(await page.finish(one)).toEqual(failed('expired'))
  })

  test('is exchanged with the secret in the form, or by HTTP Basic where the form is not for it', async () => {
    await login()
    expect(server.exchanges().at(-1)?.form.get('client_secret')).toBe(secretThere)
    const own = await startSocialApp()
    own.server.state.metadata = { token_endpoint_auth_methods_supported: undefined }
    expect(await own.page.finish(own.server.visit(await own.page.begin()))).toMatchObject({
      is: 'proven',
    })
    const [asked] = own.server.exchanges()
    expect(asked?.headers.get('Authorization')).toMatch(/^Basic /)
    expect(asked?.form.has('client_secret')).toBe(false)
  })
})

describe('a state', () => {
  test('that is ten minutes old is over', async () => {
    const own = await startSocialApp({ frozen: true })
    const [early, late] = [await own.page.begin(), await own.page.begin()].map((url) =>
      own.server.visit(url),
    )
    own.app.advance(10 * MINUTE)
    expect(early && (await own.page.finish(early))).toMatchObject({ is: 'proven' })
    own.app.advance(1)
    expect(late && (await own.page.finish(late))).toEqual(failed('expired'))
  })

  test.each([
    ['is missing', (to: URLSearchParams) => to.delete('state')],
    ['was made up', (to: URLSearchParams) => to.set('state', 'made-up')],
    [
      'was altered',
      (to: URLSearchParams) => to.set('state', `${(to.get('state') ?? '').slice(0, -2)}AA`),
    ],
  ])('that %s leads to no page', async (_, tamper) => {
    state.tamper = tamper
    expect(await login()).toBeNull()
  })

  test('is none at the callback of another provider', async () => {
    const change = (path: string) => (brought: Brought) => ({
      ...brought,
      url: `http://customer.test/oauth/callback${path}`,
    })
    expect(await login(change('/other'))).toBeNull()
    expect(await login(change(''))).toBeNull()
    expect(await login(change('/social'))).toMatchObject({ is: 'proven' })
  })

  test('of another shop is none', async () => {
    const own = await startSocialApp()
    const brought = own.server.visit(await own.page.begin())
    // The keys of both are the same, so only the name of the shop tells them apart.
    expect(await page.finish(brought)).toEqual(failed('untrusted'))
  })
})

test('an answer as a form is judged like one in the URL', async () => {
  const own = await startSocialApp({ more: { response_mode: 'form_post' } })
  const brought = own.server.visit(await own.page.begin())
  expect(brought.mode).toBe('form_post')
  expect(await own.page.finish(brought)).toMatchObject({ is: 'proven' })
})

test('what was logged holds no code, secret, token or address', () => {
  expect(lines.length).toBeGreaterThan(0)
  const all = lines.join('\n')
  for (const secret of [secretThere, 'eyJ', 'person@', 'person-1', 'the page']) {
    expect(all).not.toContain(secret)
  }
})
