import type { Context as HonoContext } from 'hono'
import * as z from 'zod'
import type { Context } from '#core/context'
import {
  type Client,
  type ClientCredentials,
  findClient,
  type Grant,
  grantClientCredentials,
  isPublic,
} from '#core/identity'
import { grantRefreshToken, revokeToken } from '#core/session'
import { Refusal } from '#kernel/error'
import { atMost } from '#kernel/length'
import { callerOf, edgePlace } from './caller.ts'
import { credentialsOf } from './client-credentials.ts'
import { openContext } from './context.ts'
import type { Env } from './env.ts'
import { refuseInputAs } from './input.ts'
import { heedRing } from './ring.ts'
import { json, type Noun, route, routes } from './route.ts'

const tags: [string] = ['OAuth']

const HOUR = 3600
const LONGEST_IN_DEVELOPMENT = 30 * 24 * HOUR

const ClientFields = {
  client_id: z.string().optional(),
  client_secret: z.string().optional().meta({
    description: 'Instead of HTTP Basic, not beside it',
  }),
  client_assertion: z.string().optional().meta({
    description: 'This method is not taken (RFC 7523); beside another one it is a second one',
  }),
}

const TokenRequest = z
  .object({
    grant_type: z.string(),
    ...ClientFields,
    scope: z.string().optional().meta({
      description:
        "Space-separated, a part of the client's scopes, or of the session's; default: all of them",
    }),
    refresh_token: z.string().check(atMost(1000)).optional(),
    expires_in: z.coerce.number().int().min(1).max(LONGEST_IN_DEVELOPMENT).optional().meta({
      description: 'Seconds, in development only',
    }),
  })
  .meta({
    id: 'TokenRequest',
    examples: [{ grant_type: 'client_credentials', client_id: 'dev', client_secret: 'dev' }],
  })
type TokenRequest = z.output<typeof TokenRequest>

const TokenResponse = z
  .strictObject({
    access_token: z.string(),
    token_type: z.literal('Bearer'),
    expires_in: z.int().meta({ description: 'Seconds' }),
    refresh_token: z.string().optional(),
    scope: z.string(),
  })
  .meta({ id: 'TokenResponse' })

const RevokeRequest = z
  .object({
    token: z.string().check(atMost(8192)),
    token_type_hint: z.string().optional(),
    ...ClientFields,
  })
  .meta({ id: 'RevokeRequest', examples: [{ token: 'rt_…' }] })

const form = <S extends z.core.$ZodType>(schema: S) => ({
  required: true,
  content: { 'application/x-www-form-urlencoded': { schema } },
})

const refuseRequest = refuseInputAs('invalid_request')

function contextOf(c: HonoContext<Env>, { id, tenant }: Client): Context {
  const actor = { type: 'system' as const, id }
  return openContext(c, { tenant, actor, caller: callerOf(c, id, actor, null) })
}

/** The client that proves itself; null when there is none. Refuses `too_many_requests` after many wrong secrets from one place. */
async function proveClient(c: HonoContext<Env>, credentials: ClientCredentials) {
  const { config, identity } = c.env
  const address = edgePlace(c)
  const [named] = credentials.ids.flatMap((id) => config.clients.get(id) ?? [])
  if (named !== undefined) c.set('shown', { tenant: named.tenant, client: named.id })
  identity.secretGuard.refuseBlocked(credentials.ids, address)
  const client = findClient(config.clients, credentials)
  // Everybody knows the secret of a storefront.
  if (client !== null && isPublic(client)) await heedRing(c.env, address, 'client')
  if (client !== null) return client
  if (named === undefined) await heedRing(c.env, address, 'client')
  else await identity.secretGuard.count(named, address)
  return null
}

async function grant(c: HonoContext<Env>, request: TokenRequest): Promise<Grant> {
  const credentials = credentialsOf(c, request)
  const { config, identity, keyring } = c.env
  const client = await proveClient(c, credentials)
  const { grant_type: type, refresh_token: refreshToken, scope } = request
  if (client === null) {
    // A service of another provider gets that provider's token.
    const granted =
      type === 'client_credentials' ? await identity.grantService(credentials, scope) : null
    if (granted === null) throw new Refusal('invalid_client')
    return granted
  }
  if (type === 'refresh_token') {
    if (refreshToken === undefined) throw new Refusal('invalid_request')
    return grantRefreshToken(contextOf(c, client), client, refreshToken, scope)
  }
  if (type !== 'client_credentials') throw new Refusal('unsupported_grant_type')
  const lifetime = (config.development ? request.expires_in : undefined) ?? HOUR
  return grantClientCredentials({ issuer: identity.issuer, keyring }, client, scope, lifetime)
}

export const oauthRoutes: Noun = routes()
  .openapi(
    route('POST /oauth/token', {
      tags,
      summary: 'Get an access token',
      description:
        'RFC 6749: client credentials for services, refresh token for sessions. A session has one scope, `account`. A narrower access token leaves the refresh token with the whole scope. A spent refresh token is answered as at `POST /auth/refresh`, to the client of its session only. The client says who it is in one way: HTTP Basic, whose id and secret may be form-encoded or not, or in the form.',
      request: { body: form(TokenRequest) },
      responses: { 200: json(TokenResponse, 'An access token (RFC 9068)') },
      refusals: ['invalid_client', 'invalid_grant', 'unsupported_grant_type', 'invalid_scope'],
    }),
    async (c) => {
      const { tenant, token, scope, lifetime, refreshToken } = await grant(c, c.req.valid('form'))
      c.set('tenant', tenant)
      return c.json(
        {
          access_token: token,
          token_type: 'Bearer' as const,
          expires_in: lifetime,
          ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
          scope,
        },
        200,
      )
    },
    refuseRequest,
  )
  .openapi(
    route('POST /oauth/revoke', {
      tags,
      summary: 'End an access token, or a session by one of its tokens',
      description:
        "RFC 7009. A client's own access token is refused from its next request on. A token that is not known, or that is another client's, is no error.",
      request: { body: form(RevokeRequest) },
      responses: { 200: { description: 'The token is void' } },
      refusals: ['invalid_client', 'unsupported_token_type'],
    }),
    async (c) => {
      const request = c.req.valid('form')
      const client = await proveClient(c, credentialsOf(c, request))
      if (client === null) throw new Refusal('invalid_client')
      await revokeToken(contextOf(c, client), client, request.token)
      return c.body(null, 200)
    },
    refuseRequest,
  )
