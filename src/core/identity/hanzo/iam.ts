import type { OidcIssuer } from '../oidc/issuer.ts'
import {
  type ProviderRequest,
  type ProviderResponse,
  providerAwayRefusal,
  requestProvider,
} from '../oidc/request-provider.ts'
import { readTokenResponse, requestTokens } from '../oidc/request-tokens.ts'
import type { HanzoTenant } from './tenant.ts'
import type { HanzoUsers, UserState } from './users-interface.ts'

type Options = {
  readonly at: HanzoTenant
  readonly issuer: OidcIssuer
  readonly fetch: typeof fetch
  readonly now: () => Date
}

/** The present API of Hanzo ID (`/v1/iam/users`): REST, real status codes, the application's own token. */
export function makeIamUsers(options: Options): HanzoUsers {
  const { at } = options
  const { organization: owner, application } = at
  const base = `${at.issuer}/v1/iam/users`
  const send = makeSender(options)
  const place = (name: string) => `${base}/${encodeURIComponent(owner)}/${encodeURIComponent(name)}`

  /** Sends the whole user with its changes: the API does not document whether fields left out of a PUT stay. */
  const change = async (name: string, fields: object, secret: object = {}) => {
    const found = await send({ what: 'get user', url: place(name) })
    if (found.status === 404) return 'missing'
    const present = userIn(expectOk(found, 'get user'))
    const user = { ...present, ...fields, owner, name }
    const said = await send(
      { what: 'change user', url: place(name), method: 'PUT' },
      { user, ...secret },
    )
    if (said.status === 404) return 'missing'
    if (said.status === 409) return 'email_taken'
    expectOk(said, 'change user')
    return 'done'
  }

  return {
    async create({ name, password, ...state }) {
      const user = {
        owner,
        name,
        type: 'normal-user',
        displayName: name,
        ...stateOf({ ...state, isForbidden: false }),
        ...(application === null ? {} : { signupApplication: application }),
      }
      const said = await send({ what: 'make user', url: base, method: 'POST' }, { user, password })
      if (said.status === 409) {
        const named = await send({ what: 'get user', url: place(name) })
        return named.status === 404 ? 'email_taken' : 'name_taken'
      }
      expectOk(said, 'make user')
      return 'made'
    },
    async subjectOf(name) {
      const found = await send({ what: 'get user', url: place(name) })
      if (found.status === 404) return null
      const user = userIn(expectOk(found, 'get user'))
      return 'id' in user && typeof user.id === 'string' ? user.id : null
    },
    async setPassword(name, password) {
      const done = await change(name, {}, { password })
      if (done === 'email_taken') throw providerAwayRefusal('change user', { status: 409 })
      return done === 'done' ? 'set' : 'missing'
    },
    update: (name, state) => change(name, stateOf(state)),
    async remove(name) {
      const said = await send({ what: 'delete user', url: place(name), method: 'DELETE' })
      if (said.status !== 404) expectOk(said, 'delete user')
    },
  }
}

const stateOf = ({ email, ...rest }: UserState) => ({
  ...rest,
  ...(email === null ? {} : { email }),
})

function expectOk({ status, body }: ProviderResponse, what: string): unknown {
  if (status < 200 || status > 299) throw providerAwayRefusal(what, { status })
  return body
}

/** The user in an answer: bare, or in the envelope of the previous generation. */
function userIn(body: unknown): object {
  const inner = typeof body === 'object' && body !== null && 'data' in body ? body.data : body
  return typeof inner === 'object' && inner !== null ? inner : {}
}

const RENEW_BEFORE_MS = 60_000
const LIVES_AT_LEAST_MS = 5 * 60_000

/** Sends with the application's own token (client credentials). Gets a new token when one is refused. Requests share the token, but no promise. */
function makeSender({ at, issuer, fetch, now }: Options) {
  const { clientId: client_id, clientSecret: client_secret } = at
  let held: { readonly token: string; readonly until: number } | undefined
  const token = async (): Promise<string> => {
    if (held !== undefined && held.until > now().getTime()) return held.token
    const form = { grant_type: 'client_credentials', client_id, client_secret }
    const tokens = readTokenResponse(await requestTokens(fetch, issuer, form))
    if (tokens === null) throw providerAwayRefusal('client credentials')
    held = {
      token: tokens.accessToken,
      until: now().getTime() + LIVES_AT_LEAST_MS - RENEW_BEFORE_MS,
    }
    return held.token
  }
  const once = async (question: ProviderRequest, body?: object): Promise<ProviderResponse> =>
    requestProvider(fetch, {
      ...question,
      headers: {
        Authorization: `Bearer ${await token()}`,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  return async (question: ProviderRequest, body?: object): Promise<ProviderResponse> => {
    const said = await once(question, body)
    if (said.status !== 401) return said
    held = undefined
    return once(question, body)
  }
}
