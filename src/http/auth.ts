import type { Context as HonoContext } from 'hono'
import * as z from 'zod'
import { LogIn, logIn } from '#core/account'
import { Customer, findCustomer } from '#core/customer'
import { readRefreshToken } from '#core/identity'
import {
  endOwnSessions,
  endSessionByToken,
  listSessions,
  refreshSession,
  Session,
  SessionPage,
} from '#core/session'
import { Refusal } from '#kernel/error'
import { lengthAtMost } from '#kernel/length'
import { whenFieldsAreValid } from '#kernel/when-fields-are-valid'
import { accessByRoute } from './access.ts'
import { admit } from './admit-request.ts'
import { edgePlace, readCaller } from './caller-and-edge-place.ts'
import { openContext } from './context.ts'
import {
  ENDS_INTENTIONS_NOTE,
  mustBeShopper,
  SessionPath,
  sessionIdOfPath,
} from './customer-session.ts'
import { heedEdgeLimit } from './edge-limit.ts'
import type { Env } from './env.ts'
import { etag } from './precondition.ts'
import { proveClient } from './prove-client.ts'
import {
  jsonRequestBody,
  type NounRoutes,
  newNounRoutes,
  openapiJsonAnswer,
  route,
} from './route.ts'

const tags: [string] = ['Auth']

const Refresh = z
  .strictObject({
    refreshToken: z.string().check(lengthAtMost(1000)),
    clientId: z.string().check(lengthAtMost(100)).optional(),
    clientSecret: z.string().check(lengthAtMost(1000)).optional(),
  })
  .refine(
    ({ clientId, clientSecret }) => (clientId === undefined) === (clientSecret === undefined),
    {
      error: 'A client has an id and a secret.',
      when: whenFieldsAreValid('clientId', 'clientSecret'),
      params: { code: 'client_with_secret' },
    },
  )
  .meta({
    id: 'Refresh',
    description:
      'Required from a client with a secret that got its session for a code of the login page',
    examples: [{ refreshToken: 'rt_…' }],
  })
type Refresh = z.output<typeof Refresh>
const LogOut = z
  .strictObject({ refreshToken: z.string().check(lengthAtMost(1000)).optional() })
  .meta({ id: 'LogOut', examples: [{ refreshToken: 'rt_…' }] })

/** The client that proves itself beside a refresh token; null for none. Refuses `invalid_client`. */
async function clientOf(c: HonoContext<Env>, { clientId: id, clientSecret: secret }: Refresh) {
  if (id === undefined || secret === undefined) return null
  const client = await proveClient(c, { by: 'secret', ids: [id, id], secrets: [secret, secret] })
  if (client === null) throw new Refusal('invalid_client')
  return client
}

/** A refresh token is enough: its bearer needs no other credentials. Made-up tokens are counted by place, others by session and place. */
async function bearerOf(c: HonoContext<Env>, text: string) {
  const token = readRefreshToken(c.env.keyring, text)
  await heedEdgeLimit(c.env, edgePlace(c), 'session', token === null ? [] : [token.sessionId])
  if (token === null) throw new Refusal('session_ended')
  const { tenant, sessionId } = token
  const actor = { type: 'system' as const, id: sessionId }
  const ctx = openContext(c, { tenant, actor, caller: readCaller(c, '', actor, null) })
  return { ctx, token }
}

const withoutSession = () =>
  new Refusal('unauthenticated', {
    detail:
      'The request names no session. Send its `refreshToken` in the body, or its access token in the `Authorization` header.',
  })

/** A second logout is no error. */
function nothingWhenEnded(error: unknown): null {
  if (error instanceof Refusal && error.code === 'session_ended') return null
  throw error
}

export const authRoutes: NounRoutes = newNounRoutes()
  .openapi(
    route('POST /auth/login', {
      tags,
      summary: 'Log in with e-mail address and password',
      request: { body: jsonRequestBody(LogIn) },
      responses: { 200: openapiJsonAnswer(Session, 'A session') },
      refusals: [
        'invalid_credentials',
        'email_unverified',
        'customer_disabled',
        'identity_elsewhere',
      ],
    }),
    async (c) => c.json(await logIn(c.get('ctx'), c.req.valid('json')), 200),
  )
  .openapi(
    route('POST /auth/refresh', {
      tags,
      summary: 'Exchange a refresh token for a new pair of tokens',
      description:
        'A refresh token has one successor, which replaces it. For ten seconds, while the successor is unused, the old token returns the same successor again. This covers a lost reply and two tabs. Any other use of a spent token ends the session; `customer.session_reused` and a mail to the owner report it. A client that keeps a secret and got the session for a code of the login page sends `clientId` and `clientSecret`; without them the answer is `invalid_client`, and the session stays. A client with a key uses `POST /oauth/token`.',
      request: { body: jsonRequestBody(Refresh) },
      responses: { 200: openapiJsonAnswer(Session, 'The session, with new tokens') },
      refusals: ['session_ended', 'invalid_client'],
    }),
    async (c) => {
      const given = c.req.valid('json')
      const { ctx, token } = await bearerOf(c, given.refreshToken)
      return c.json(await refreshSession(ctx, token, await clientOf(c, given)), 200)
    },
  )
  .openapi(
    route('POST /auth/logout', {
      tags,
      summary: 'Log out',
      description: 'Ends the session of the refresh token, or else of the access token.',
      request: { body: { ...jsonRequestBody(LogOut), required: false } },
      responses: { 204: { description: 'The session has ended' } },
      refusals: ['unauthenticated', 'invalid_token', 'caller_not_allowed', 'identity_unlinked'],
    }),
    async (c) => {
      const { refreshToken } = c.req.valid('json') ?? {}
      if (refreshToken === undefined) {
        if (c.req.header('Authorization') === undefined) throw withoutSession()
        await admit(c, accessByRoute['GET /auth/me'])
        await endOwnSessions(c.get('ctx'), mustBeShopper(c).sessionId)
      } else {
        const bearer = await bearerOf(c, refreshToken).catch(nothingWhenEnded)
        if (bearer !== null) await endSessionByToken(bearer.ctx, bearer.token, null)
      }
      return c.body(null, 204)
    },
  )
  .openapi(
    route('GET /auth/me', {
      tags,
      summary: 'Who is logged in',
      responses: { 200: openapiJsonAnswer(Customer, 'The customer', 'ETag') },
    }),
    async (c) => {
      const { value, version } = await findCustomer(c.get('ctx'), mustBeShopper(c).id)
      return c.json(value, 200, { ETag: etag(version) })
    },
  )
  .openapi(
    route('GET /auth/session', {
      tags,
      summary: 'List the sessions of the caller',
      responses: { 200: openapiJsonAnswer(SessionPage, 'All of them, the newest first') },
    }),
    async (c) => c.json(await listSessions(c.get('ctx'), mustBeShopper(c).id), 200),
  )
  .openapi(
    route('DELETE /auth/session', {
      tags,
      summary: 'Log out everywhere',
      description: ENDS_INTENTIONS_NOTE,
      responses: { 204: { description: 'No session is left' } },
      refusals: ['fresh_proof_required'],
    }),
    async (c) => {
      await endOwnSessions(c.get('ctx'))
      return c.body(null, 204)
    },
  )
  .openapi(
    route('DELETE /auth/session/{sessionId}', {
      tags,
      summary: 'End a session of the caller',
      description: `${ENDS_INTENTIONS_NOTE} Ending the current session does not end them.`,
      request: { params: SessionPath },
      responses: { 204: { description: 'The session has ended' } },
      refusals: ['session_not_found', 'fresh_proof_required'],
    }),
    async (c) => {
      await endOwnSessions(c.get('ctx'), sessionIdOfPath(c))
      return c.body(null, 204)
    },
  )
