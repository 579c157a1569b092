import { beforeEach, describe, expect, test } from 'vitest'
import { accountKeyedHash, placeHash } from '#core/identity'
import { refusals, type Sign } from '#kernel/error'
import { newId } from '#kernel/id'
import { type Access, accessByRoute, type RouteKey } from '../../src/http/access.ts'
import { createApp } from '../../src/http/app.ts'
import { suspicionByRefusalSign, suspicions } from '../../src/http/suspicion.ts'
import { receive } from '../../src/queue/index.ts'
import { startTestApp } from '../support/app.ts'
import { makeAuthenticator } from '../support/authenticator.ts'
import { readLog } from '../support/log-line.ts'
import { requestOf } from '../support/login-page.ts'
import { openMails } from '../support/mail.ts'
import { passkeysIn } from '../support/passkey.ts'
import { logIn, makeShopper, PASSWORD, type Shopper } from '../support/shopper.ts'

const app = await startTestApp({ settings: { metadata_service_keys: ['tier'] } })
const { runtime, tenant } = app
const mails = openMails(app)
const passkeys = passkeysIn(app)
const log = readLog()
const storefront = `${tenant}-storefront`
const service = `${tenant}-service`

const ADDRESS = '203.0.113.77'
const WRONG = 'not the password 5'
const headers = { 'CF-Connecting-IP': ADDRESS }
const place = placeHash(runtime.keyring, ADDRESS)
const accountOf = (key: string) => accountKeyedHash(runtime.keyring, key)
const addressOf = ({ email }: Shopper) => accountOf(email.toLowerCase())

/** What no line may hold. */
const secrets = new Set([ADDRESS, PASSWORD, WRONG, 'example.com', app.tokens.service])
const secret = (text: string): string => {
  secrets.add(text)
  return text
}

type Told = {
  readonly code: string | null
  readonly tenant: string | null
  readonly client: string | null
  readonly route: string | null
  readonly account: string | null
}

const ask = async (method: string, path: string, token: string | null, body?: unknown) =>
  (await app.call(method, path, { token, body, headers })).body?.code

async function form(path: string, fields: Readonly<Record<string, string>>) {
  const body = new URLSearchParams(fields)
  const said: unknown = await (await app.request(path, { method: 'POST', headers, body })).json()
  return said
}
const clientOf = (id: string, client_secret = 'secret') => ({ client_id: id, client_secret })
const wrongOne = secret('the wrong client secret')

const serviceToken = async () => secret(await app.tokenWith('customer:read customer:write'))
const storefrontToken = async () => secret(await app.storefrontToken())
const login = async (email: string, password: string) =>
  ask('POST', '/auth/login', await storefrontToken(), { email, password })
const session = async (shopper: Shopper) => {
  const { accessToken, refreshToken } = await logIn(app, shopper)
  return { accessToken: secret(accessToken), refreshToken: secret(refreshToken) }
}

const told = (code: string | null, route: string | null, more: Partial<Told> = {}): Told => ({
  ...{ tenant, client: null, account: null },
  ...{ code, route, ...more },
})
const atStorefront = (code: string, route: string, account: string | null) =>
  told(code, route, { client: storefront, account })
const byNobody = { tenant: null }

/** A link of a mail, spent by its use. */
async function spentLink() {
  const shopper = await makeShopper(app)
  await mails.all()
  await ask('POST', '/auth/password/forgot', await storefrontToken(), { email: shopper.email })
  const token = secret((await mails.next(shopper.email)).token)
  const body = { token, password: secret('another quiet river 9') }
  await ask('POST', '/auth/password/reset', await storefrontToken(), body)
  return { shopper, body }
}

/** A refresh token that was exchanged long ago. */
async function spentToken() {
  const shopper = await makeShopper(app)
  const { refreshToken } = await session(shopper)
  const { body } = await app.call('POST', '/auth/refresh', { token: null, body: { refreshToken } })
  secret(body.accessToken)
  secret(body.refreshToken)
  app.advance(61_000)
  return { shopper, refreshToken }
}

/** Each makes a refusal by its last request, and says what the log is to tell of it. */
const cases: Readonly<Record<string, () => Promise<Told>>> = {
  'a wrong password': async () => {
    const shopper = await makeShopper(app)
    await login(shopper.email, WRONG)
    return atStorefront('invalid_credentials', 'POST /auth/login', addressOf(shopper))
  },
  'a passkey that is not of the shop': async () => {
    const shopper = await makeShopper(app)
    const authenticator = makeAuthenticator()
    await passkeys.register((await session(shopper)).accessToken, authenticator)
    const body = authenticator.get(await passkeys.request(), {
      origin: secret('https://evil.test'),
    })
    await ask('POST', '/auth/passkey/login/verify', await storefrontToken(), body)
    const account = accountOf(`passkey ${secret(body.id)}`)
    return atStorefront('invalid_credentials', 'POST /auth/passkey/login/verify', account)
  },
  'a new passkey for another account': async () => {
    const [shopper, other] = [await makeShopper(app), await makeShopper(app)]
    const { accessToken } = await session(other)
    const body = makeAuthenticator().create(await passkeys.creation(accessToken))
    const route = 'POST /auth/passkey/register/verify'
    await ask('POST', '/auth/passkey/register/verify', (await session(shopper)).accessToken, body)
    return atStorefront('passkey_invalid', route, accountOf(shopper.id))
  },
  'an address that nobody has': async () => {
    await login('Nobody@Example.com', WRONG)
    const account = accountOf('nobody@example.com')
    return atStorefront('invalid_credentials', 'POST /auth/login', account)
  },
  'a wrong password in a session': async () => {
    const shopper = await makeShopper(app)
    const body = { currentPassword: WRONG, password: 'a good one for later 3' }
    await ask('POST', '/auth/password/change', (await session(shopper)).accessToken, body)
    const route = 'POST /auth/password/change'
    return atStorefront('invalid_credentials', route, accountOf(shopper.id))
  },
  'the fifth wrong password': async () => {
    const shopper = await makeShopper(app)
    for (let n = 0; n < 6; n++) await login(shopper.email, `${WRONG}${n}`)
    return atStorefront('too_many_attempts', 'POST /auth/login', addressOf(shopper))
  },
  'an account that is disabled': async () => {
    const shopper = await makeShopper(app)
    await app.call('POST', `/customer/${shopper.id}/disable`)
    await login(shopper.email, PASSWORD)
    return atStorefront('customer_disabled', 'POST /auth/login', addressOf(shopper))
  },
  'a place that asks too often': async () => {
    app.limited.add(`place ${ADDRESS}`)
    await login('somebody@example.com', WRONG)
    app.limited.delete(`place ${ADDRESS}`)
    return atStorefront('too_many_requests', 'POST /auth/login', null)
  },
  'a wrong secret': async () => {
    const request = { grant_type: 'client_credentials', ...clientOf(service, wrongOne) }
    await form('/oauth/token', request)
    return told('invalid_client', 'POST /oauth/token', { client: service })
  },
  'a client that nobody has': async () => {
    await form('/oauth/revoke', { token: 'x', ...clientOf(secret('made-up-client'), wrongOne) })
    return told('invalid_client', 'POST /oauth/revoke', byNobody)
  },
  'a header that says who it is and is none': async () => {
    await app.request('/oauth/token', {
      method: 'POST',
      headers: { ...headers, Authorization: `Basic ${secret('bm8gY29sb24')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    })
    return told('invalid_client', 'POST /oauth/token', byNobody)
  },
  'many wrong secrets': async () => {
    const request = { grant_type: 'client_credentials', ...clientOf(service, wrongOne) }
    for (let n = 0; n < 22; n++) await form('/oauth/token', request)
    return told('too_many_requests', 'POST /oauth/token', { client: service })
  },
  'a page whose name leads to a machine of development': async () => {
    const env = { ...app.runtime, config: { ...app.runtime.config, development: true } }
    await createApp().request('http://evil.example/customer', { headers }, env)
    return told('wrong_host', null, byNobody)
  },
  'a scope that the client does not have': async () => {
    const request = { grant_type: 'client_credentials', scope: 'customer:erase' }
    await form('/oauth/token', { ...request, ...clientOf(storefront) })
    return told('invalid_scope', 'POST /oauth/token', { client: storefront })
  },
  'a scope that the token does not have': async () => {
    await ask('GET', '/customer', secret(await app.tokenWith('order:write')))
    return told('insufficient_scope', 'GET /customer', { client: service })
  },
  'a storefront that asks for the list': async () => {
    await ask('GET', '/customer', await storefrontToken())
    return told('caller_not_allowed', 'GET /customer', { client: storefront })
  },
  'a shopper who asks for another one': async () => {
    const [one, other] = [await makeShopper(app), await makeShopper(app)]
    await ask('GET', `/customer/${secret(other.id)}`, (await session(one)).accessToken)
    return atStorefront('caller_not_allowed', 'GET /customer/{id}', accountOf(one.id))
  },
  'a shopper who writes what only services may': async () => {
    const shopper = await makeShopper(app)
    const body = { metadata: { tier: secret('the-golden-one') } }
    await ask('PATCH', '/customer/me', (await session(shopper)).accessToken, body)
    return atStorefront('metadata_key_reserved', 'PATCH /customer/{id}', accountOf(shopper.id))
  },
  'a token that was made up': async () => {
    await ask('GET', '/customer/me/address', secret('eyJhbGciOiJub25lIn0.e30.made-up'))
    return told('invalid_token', 'GET /customer/{id}/address', byNobody)
  },
  'the token of a session that was ended': async () => {
    const shopper = await makeShopper(app)
    const { accessToken } = await session(shopper)
    await app.call('DELETE', `/customer/${shopper.id}/session`)
    await ask('GET', '/auth/me', accessToken)
    return atStorefront('invalid_token', 'GET /auth/me', accountOf(shopper.id))
  },
  'a refresh token that was made up': async () => {
    await ask('POST', '/auth/refresh', null, { refreshToken: secret('rt_made-up') })
    return told('session_ended', 'POST /auth/refresh', byNobody)
  },
  'the same as a grant': async () => {
    const refresh_token = secret('rt_made-up-too')
    const request = { grant_type: 'refresh_token', refresh_token, ...clientOf(storefront) }
    await form('/oauth/token', request)
    return told('invalid_grant', 'POST /oauth/token', { client: storefront })
  },
  'a link that was made up': async () => {
    const body = { token: secret('mt_made-up'), password: PASSWORD }
    await ask('POST', '/auth/password/reset', await storefrontToken(), body)
    return atStorefront('mail_token_invalid', 'POST /auth/password/reset', null)
  },
  'a link that was used': async () => {
    const { shopper, body } = await spentLink()
    await ask('POST', '/auth/password/reset', await storefrontToken(), body)
    const account = accountOf(shopper.id)
    return atStorefront('mail_token_invalid', 'POST /auth/password/reset', account)
  },
  'a cursor that was altered': async () => {
    await ask('GET', `/customer?cursor=${secret('YWx0ZXJlZA')}`, await serviceToken())
    return told('invalid_cursor', 'GET /customer', { client: service })
  },
}

const spent = (route: string, code: string | null, { id }: Shopper) =>
  told(code, route, { client: storefront, account: accountOf(id) })

const hook = async (method: string, path: string, url: string) => {
  const token = await app.tokenWith('webhook:write')
  const events = method === 'POST' ? { events: ['*'] } : {}
  const code = await ask(method, path, token, { url: secret(url), ...events })
  return told(code, `${method} ${path.replace(/whk_\w+/, '{id}')}`, { client: service })
}
const named = async (address: string) => {
  await app.call('POST', '/auth/login', {
    ...{ token: await serviceToken(), body: { email: 'jane@example.com', password: WRONG } },
    headers: { ...headers, 'X-Caller-Address': secret(address) },
  })
  return told('malformed_request', 'POST /auth/login', { client: service })
}

/** What the code alone does not say: a session that goes on and whose spent token comes back, a webhook that would lead inside, a login that would lead elsewhere, and a made-up caller. */
const signed: Readonly<Record<string, readonly [Sign, () => Promise<Told>]>> = {
  'a spent refresh token': [
    'spent_token',
    async () => {
      const { shopper, refreshToken } = await spentToken()
      await ask('POST', '/auth/refresh', null, { refreshToken })
      return spent('POST /auth/refresh', 'session_ended', shopper)
    },
  ],
  'a spent refresh token as a grant': [
    'spent_token',
    async () => {
      const { shopper, refreshToken: refresh_token } = await spentToken()
      const request = { grant_type: 'refresh_token', refresh_token, ...clientOf(storefront) }
      await form('/oauth/token', request)
      return spent('POST /oauth/token', 'invalid_grant', shopper)
    },
  ],
  'a spent refresh token that logs out': [
    'spent_token',
    async () => {
      const { shopper, refreshToken } = await spentToken()
      await ask('POST', '/auth/logout', null, { refreshToken })
      return spent('POST /auth/logout', null, shopper)
    },
  ],
  ...Object.fromEntries(
    [
      'https://169.254.169.254/latest',
      'http://127.0.0.1:5432/x',
      'https://[::1]/x',
      'https://kubernetes.default.svc/x',
      'https://10-0-0-1.traefik.me/x',
      'https://user:word@localhost/x',
      'https://customer.test/x',
    ].map((url) => [
      `a webhook at ${url}`,
      ['inward_url', () => hook('POST', '/webhook', url)] as const,
    ]),
  ),
  'a webhook that is moved inside': [
    'inward_url',
    async () => {
      const body = { url: 'https://shop.example/hook', events: ['*'] }
      const { id } = (await app.call('POST', '/webhook', { body })).body
      return hook('PATCH', `/webhook/${id}`, 'https://metadata.google.internal/x')
    },
  ],
  'a login that would lead elsewhere': [
    'foreign_redirect',
    async () => {
      const redirect_uri = `https://evil.example/${secret('made-up-place-of-a-thief')}`
      const request = requestOf(app, { redirect_uri })
      await app.request(`/oauth/authorize?${request}`, { headers })
      return told('invalid_request', 'GET /oauth/authorize', { client: storefront })
    },
  ],
  'a caller who is a list': ['caller_address', () => named('198.51.100.9, 198.51.100.10')],
  'a caller who is a text': ['caller_address', () => named('made-up-place')],
  'a caller beside a token that vouches': [
    'caller_address',
    async () => {
      const shopper = await makeShopper(app)
      const token = await storefrontToken()
      const body = { email: shopper.email, password: WRONG }
      await app.call('POST', '/auth/login', {
        ...{ token, body },
        headers: {
          ...headers,
          'X-Service-Token': await serviceToken(),
          'X-Caller-Address': secret('another-made-up-place'),
        },
      })
      return told('malformed_request', 'POST /auth/login', { client: storefront })
    },
  ],
}

beforeEach(() => app.advance(61_000))

test('every refusal is decided: told, or ordinary', () => {
  expect(Object.keys(suspicions).toSorted()).toEqual(Object.keys(refusals).toSorted())
})

const seen = new Set<string>()

describe('one line tells of', () => {
  const all = [
    ...Object.entries(cases).map(([name, make]) => [name, make, undefined] as const),
    ...Object.entries(signed).map(([name, [sign, make]]) => [name, make, sign] as const),
  ]
  test.each(all)('%s', async (_, make, sign) => {
    const { code, ...facts } = await make()
    const expected =
      sign === undefined
        ? Object.entries(suspicions).find(([one]) => one === code)?.[1]
        : suspicionByRefusalSign[sign]
    seen.add(sign ?? String(code))
    const lines = log.next().filter((line) => !('times' in line))
    // A case may have asked for more before, which is told as well.
    const [line] = lines.slice(-1)
    const requestId = expect.stringMatching(/^req_[0-9a-z]{26}$/)
    expect(line).toEqual({ ...expected, code, ...facts, requestId, place })
    expect(lines.filter((one) => one.requestId === line?.requestId)).toHaveLength(1)
  })

  test('every refusal that is no ordinary one, and every sign of what was tried', () => {
    const listed = Object.entries(suspicions).flatMap(([code, one]) => (one ? [code] : []))
    expect([...seen].toSorted()).toEqual(
      [...listed, ...Object.keys(suspicionByRefusalSign)].toSorted(),
    )
  })
})

const routes = (Object.entries(accessByRoute) as [RouteKey, Access][]).filter(
  ([, rule]) => !rule.open,
)

describe('the route is told as the table names it, and not as it was asked for', () => {
  test.each(routes)('%s', async (key) => {
    log.next()
    const [method = '', pattern = ''] = key.split(' ')
    const id = secret(newId('customer', new Date()))
    await ask(method, `${pattern.replace(/\{\w+\}/g, id)}?q=a-secret-search`, 'made.up.token')
    expect(log.next()).toMatchObject([{ code: 'invalid_token', route: key, place }])
  })
})

test('what is ordinary, and what succeeds, is not told', async () => {
  log.next()
  const token = await serviceToken()
  await ask('GET', '/customer', null)
  await ask('GET', '/nothing', token)
  await ask('GET', `/customer/${newId('customer', new Date())}`, token)
  await ask('POST', '/customer', token, { email: 7 })
  await ask('GET', '/customer', token)
  // Mistakes: nothing of these would lead inside.
  const hooks = await app.tokenWith('webhook:write')
  for (const url of ['http://shop.example/x', 'https://shop.example:8080/x', 'no url']) {
    await ask('POST', '/webhook', hooks, { url, events: ['*'] })
  }
  expect(log.next()).toEqual([])
})

/** Whatever an isolate may do next. */
const doors: Readonly<Record<string, () => Promise<unknown>>> = {
  'a request of another kind': () => app.request('/healthz'),
  'a message': () =>
    receive({ queue: 'customer', messages: [] } as unknown as MessageBatch, runtime),
  'a minute of the clock': () => app.cron(),
}

test.each(Object.entries(doors))(
  'many of one kind are a few lines, and one with the sum of the others that %s writes in the next minute',
  async (_, next) => {
    await app.request('/healthz')
    log.next()
    for (let n = 0; n < 12; n++) await ask('GET', '/auth/me', 'made.up.token')
    await ask('GET', '/auth/session', 'made.up.token')
    const lines = log.next()
    expect(lines.filter(({ route }) => route === 'GET /auth/me')).toHaveLength(5)
    expect(lines.filter(({ route }) => route === 'GET /auth/session')).toHaveLength(1)
    app.advance(60_000)
    await next()
    const sum = { ...suspicions.invalid_token, code: 'invalid_token', tenant: null }
    expect(log.next()).toEqual([
      {
        ...{ ...sum, route: 'GET /auth/me', times: 7, since: expect.stringMatching(/:00\.000Z$/) },
        ...{ places: 1, accounts: 0 },
      },
    ])
    await next()
    expect(log.next()).toEqual([])
  },
)

test('a sum tells one place that tries many accounts from many places that try one', async () => {
  const sumOf = async (placeOf: (n: number) => string, emailOf: (n: number) => string) => {
    app.advance(60_000)
    await app.request('/healthz')
    log.next()
    for (let n = 0; n < 8; n++) {
      await app.call('POST', '/auth/login', {
        ...{ token: await storefrontToken(), body: { email: emailOf(n), password: WRONG } },
        headers: { 'CF-Connecting-IP': secret(placeOf(n)) },
      })
    }
    app.advance(60_000)
    await app.request('/healthz')
    const { times, places, accounts } = log.next().at(-1) ?? {}
    return { times, places, accounts }
  }
  const one = () => '203.0.113.201'
  const many = (n: number) => `198.51.100.${100 + n}`
  const somebody = () => 'victim@example.com'
  const everybody = (n: number) => `victim${n}@example.com`
  expect(await sumOf(one, everybody)).toEqual({ times: 3, places: 1, accounts: 8 })
  expect(await sumOf(many, somebody)).toEqual({ times: 3, places: 8, accounts: 1 })
})

test('no line of all these holds an address, a password, a token or a secret', () => {
  expect(log.written.length).toBeGreaterThan(100)
  const held = [...secrets, 'a-secret-search'].filter((text) =>
    log.written.some((line) => line.toLowerCase().includes(text.toLowerCase())),
  )
  expect(held).toEqual([])
})
