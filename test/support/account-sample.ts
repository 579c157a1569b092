import type { RouteKey } from '../../src/http/access.ts'
import type { TestApp } from './app.ts'
import { makeAuthenticator } from './authenticator.ts'
import { linkSomething } from './identity.ts'
import { browserAt, requestOf } from './login-page.ts'
import { openMails } from './mail.ts'
import { passkeysIn } from './passkey.ts'
import { logIn, makeShopper, PASSWORD, someAddress } from './shopper.ts'

/** A request about an account or a session that does its work. */
export type AccountSample = {
  readonly status: number
  /** How often it waits for the database. */
  readonly trips: number
  readonly token: string | null
  readonly ids?: readonly string[]
  readonly query?: string
  readonly body?: unknown
  /** Instead of a body. */
  readonly form?: Readonly<Record<string, string>>
  /** With a form. */
  readonly headers?: Readonly<Record<string, string>>
}

/** Samples of all routes that have to do with who somebody is, over one app. */
export function accountSamplesOf(
  app: TestApp,
): Readonly<Partial<Record<RouteKey, () => Promise<AccountSample>>>> {
  const mails = openMails(app)
  const passkeys = passkeysIn(app)
  const storefront = () => app.storefrontToken()
  const client = { client_id: `${app.tenant}-storefront`, client_secret: 'secret' }

  /** A shopper who is logged in, and nothing unread. */
  const somebody = async () => {
    const shopper = await makeShopper(app)
    const session = await logIn(app, shopper)
    await mails.all()
    return { ...shopper, ...session, token: session.accessToken as string }
  }
  const registered = async () => {
    const email = someAddress()
    const body = { email, password: PASSWORD }
    await app.call('POST', '/customer', { token: await storefront(), body })
    return (await mails.next(email)).token
  }
  const wishing = async () => {
    const { token } = await somebody()
    const body = { email: someAddress(), password: PASSWORD }
    await app.call('POST', '/auth/email/change', { token, body })
    return (await mails.next(body.email)).token
  }
  const moved = async () => {
    const body = { token: await wishing(), password: PASSWORD }
    await app.call('POST', '/auth/email/confirm', { token: await storefront(), body })
    return (await mails.next()).token
  }
  const forgotten = async () => {
    const { email } = await somebody()
    await app.call('POST', '/auth/password/forgot', { token: await storefront(), body: { email } })
    return (await mails.next(email)).token
  }
  const asks = async (
    status: number,
    trips: number,
    body: unknown,
    token: string | null = null,
  ): Promise<AccountSample> => ({ status, trips, body, token: token ?? (await storefront()) })
  const mine = async (status: number, trips = 1, body?: unknown): Promise<AccountSample> => ({
    status,
    trips,
    body,
    token: (await somebody()).token,
  })
  const sessionOf = async (token: string): Promise<string> => {
    const { body } = await app.call('GET', '/auth/session', { token })
    return body.data[0].id
  }

  /** A shopper with a passkey, and its authenticator. */
  const holder = async () => {
    const { token } = await somebody()
    const authenticator = makeAuthenticator()
    const { body } = await passkeys.register(token, authenticator)
    return { token, authenticator, ids: [body.id as string] }
  }

  return {
    'POST /auth/passkey/register/options': () => mine(200),
    'POST /auth/passkey/register/verify': async () => {
      const { token } = await somebody()
      const body = makeAuthenticator().create(await passkeys.creation(token))
      return { status: 200, trips: 1, token, body }
    },
    'POST /auth/passkey/login/options': async () => asks(200, 0, undefined),
    'POST /auth/passkey/login/verify': async () => {
      const { authenticator } = await holder()
      return asks(200, 2, authenticator.get(await passkeys.request()))
    },
    'GET /auth/passkey': async () => ({ status: 200, trips: 1, token: (await holder()).token }),
    'PATCH /auth/passkey/{id}': async () => {
      const { token, ids } = await holder()
      return { status: 200, trips: 1, token, ids, body: { name: 'Telephone' } }
    },
    'DELETE /auth/passkey/{id}': async () => {
      const { token, ids } = await holder()
      return { status: 204, trips: 1, token, ids }
    },
    'GET /auth/identity': () => mine(200),
    'DELETE /auth/identity/{id}': async () => {
      const { id, token } = await somebody()
      return { status: 204, trips: 1, token, ids: [await linkSomething(app, id)] }
    },
    'POST /auth/login': async () =>
      asks(200, 2, { email: (await makeShopper(app)).email, password: PASSWORD }),
    'POST /auth/code': async () => asks(202, 1, { email: (await somebody()).email }),
    'POST /auth/code/verify': async () => {
      const { email } = await somebody()
      const { body } = await app.call('POST', '/auth/code', {
        token: await storefront(),
        body: { email },
      })
      const { code } = await mails.next(email)
      return asks(200, 2, { email, code, handle: body.handle })
    },
    'POST /auth/verify-email': async () =>
      asks(200, 2, { token: await registered(), password: PASSWORD }),
    'POST /auth/verify-email/resend': async () => asks(202, 1, { email: someAddress() }),
    'POST /auth/password/forgot': async () => asks(202, 1, { email: (await somebody()).email }),
    'POST /auth/password/reset': async () =>
      asks(204, 1, { token: await forgotten(), password: 'another quiet river 43' }),
    'POST /auth/password/change': () =>
      mine(204, 2, { currentPassword: PASSWORD, password: 'another quiet river 43' }),
    'POST /auth/reauthenticate': () => mine(200, 2, { password: PASSWORD }),
    'POST /auth/email/change': () => mine(202, 2, { email: someAddress(), password: PASSWORD }),
    'POST /auth/email/confirm': async () =>
      asks(200, 2, { token: await wishing(), password: PASSWORD }),
    'POST /auth/email/undo': async () => asks(204, 1, { token: await moved() }),
    'POST /auth/refresh': async () => {
      const { refreshToken } = await somebody()
      return { status: 200, trips: 1, token: null, body: { refreshToken } }
    },
    'POST /auth/logout': async () => {
      const { refreshToken } = await somebody()
      return { status: 204, trips: 1, token: null, body: { refreshToken } }
    },
    'GET /auth/me': () => mine(200),
    'GET /auth/session': () => mine(200),
    'DELETE /auth/session': () => mine(204),
    'DELETE /auth/session/{sessionId}': async () => {
      const { token } = await somebody()
      return { status: 204, trips: 1, token, ids: [await sessionOf(token)] }
    },
    'DELETE /customer/{id}/session/{sessionId}': async () => {
      const { id, token } = await somebody()
      const ids = [id, await sessionOf(token)]
      return { status: 204, trips: 1, token: app.tokens.service, ids }
    },
    'DELETE /customer/{id}': () => mine(204, 2, { currentPassword: PASSWORD }).then(asMe),
    'PUT /customer/{id}/consent/{purpose}': async () => ({
      ...(await mine(200, 2, { state: 'granted' })),
      ids: ['me', 'marketing'],
    }),
    'POST /consent/confirm': async () => {
      const { token, email } = await somebody()
      const body = { state: 'granted' }
      await app.call('PUT', '/customer/me/consent/marketing', { token, body })
      return asks(200, 1, { token: (await mails.next(email)).token })
    },
    'POST /customer/{id}/erase': () => mine(200, 2, { currentPassword: PASSWORD }).then(asMe),
    'POST /oauth/token': async () => {
      const { refreshToken } = await somebody()
      const form = { ...client, grant_type: 'refresh_token', refresh_token: refreshToken }
      return { status: 200, trips: 1, token: null, form }
    },
    'POST /oauth/revoke': async () => {
      const form = { ...client, token: (await somebody()).refreshToken }
      return { status: 200, trips: 1, token: null, form }
    },
    'GET /oauth/authorize': async () => ({ ...(await untouched()), query: `?${requestOf(app)}` }),
    'POST /oauth/authorize': async () => {
      const { email } = await makeShopper(app)
      const { page, cookie } = await browserAt(app).open()
      const form = { way: 'password', page: page ?? '', email, password: PASSWORD }
      return { status: 303, trips: 2, token: null, form, headers: { Cookie: cookie ?? '' } }
    },
    // An answer to no login. What a good one costs is tested where there is a provider.
    'GET /oauth/callback': async () => ({ ...(await untouched()), status: 400 }),
    'GET /oauth/callback/{provider}': async () => ({
      ...{ status: 400, trips: 0, token: null, ids: ['social'] },
    }),
    'POST /oauth/callback/{provider}': async () => ({
      ...{ status: 303, trips: 0, token: null, ids: ['social'] },
      form: { code: 'x', state: 'x' },
    }),
    'GET /.well-known/jwks.json': untouched,
    'GET /.well-known/oauth-authorization-server': untouched,
    'GET /.well-known/openid-configuration': untouched,
    'GET /.well-known/oauth-protected-resource': untouched,
  }
}

const untouched = async (): Promise<AccountSample> => ({ status: 200, trips: 0, token: null })

const asMe = (sample: AccountSample): AccountSample => ({ ...sample, ids: ['me'] })
