import type { Context as HonoContext } from 'hono'
import * as z from 'zod'
import type { Context } from '#core/context'
import {
  type Client,
  findClient,
  type Grant,
  grantClientCredentials,
  type OAuthError,
} from '#core/identity'
import { grantRefreshToken, revokeToken } from '#core/session'
import { openContext } from './context.ts'
import type { Env } from './env.ts'
import { json, type Noun, route, routes } from './route.ts'

const tags: [string] = ['OAuth']

const HOUR = 3600
const LONGEST_IN_DEVELOPMENT = 30 * 24 * HOUR

const ClientFields = {
  client_id: z.string().optional(),
  client_secret: z.string().optional(),
}

const TokenRequest = z
  .object({
    grant_type: z.string(),
    ...ClientFields,
    scope: z.string().optional(),
    refresh_token: z.string().max(1000).optional(),
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
  .object({ token: z.string().max(8192), token_type_hint: z.string().optional(), ...ClientFields })
  .meta({ id: 'RevokeRequest', examples: [{ token: 'rt_…' }] })

const OAuthProblem = z
  .strictObject({ error: z.string(), error_description: z.string() })
  .meta({ id: 'OAuthProblem', description: 'RFC 6749, 5.2' })

const sentences: Readonly<Record<OAuthError, string>> = {
  invalid_request: 'A parameter is missing or malformed.',
  invalid_client: 'The client is unknown or its secret is wrong.',
  invalid_grant: 'The grant is not valid, or not any more.',
  unauthorized_client: 'The client may not use this grant.',
  unsupported_grant_type: 'The grant type is not known here.',
  invalid_scope: 'The client may not have that scope.',
  unsupported_token_type: 'Tokens of this kind end by themselves.',
}

const form = <S extends z.core.$ZodType>(schema: S) => ({
  required: true,
  content: { 'application/x-www-form-urlencoded': { schema } },
})

const refused = json(OAuthProblem, 'The request is refused')
const unknownClient = json(OAuthProblem, 'The client is unknown or its secret is wrong')

type Fields = { client_id?: string | undefined; client_secret?: string | undefined }

function clientOf(c: HonoContext<Env>, fields: Fields): Client | null {
  const { id, secret } = credentialsOf(c, fields)
  return findClient(c.env.config.clients, id, secret)
}

/** The client's name and secret: HTTP Basic (form-encoded inside, RFC 6749, 2.3.1), or in the body. */
function credentialsOf(c: HonoContext<Env>, fields: Fields) {
  const basic = /^Basic +([A-Za-z0-9+/]+=*)$/i.exec(c.req.header('Authorization') ?? '')?.[1]
  if (basic === undefined) {
    return { id: fields.client_id ?? '', secret: fields.client_secret ?? '' }
  }
  const [id = '', ...secret] = Buffer.from(basic, 'base64').toString('utf8').split(':')
  return { id: decode(id), secret: decode(secret.join(':')) }
}

const decode = (text: string): string => new URLSearchParams(`v=${text}`).get('v') ?? ''

const contextOf = (c: HonoContext<Env>, { id, tenant }: Client): Context =>
  openContext(c, { tenant, clientId: id, actor: { type: 'system', id } })

async function grant(c: HonoContext<Env>, request: TokenRequest): Promise<Grant> {
  const client = clientOf(c, request)
  if (client === null) return grantElsewhere(c, request)
  if (request.grant_type === 'refresh_token') {
    if (request.refresh_token === undefined) return { error: 'invalid_request' }
    return grantRefreshToken(contextOf(c, client), client, request.refresh_token)
  }
  if (request.grant_type !== 'client_credentials') return { error: 'unsupported_grant_type' }
  const { config, identity } = c.env
  const lifetime = (config.development ? request.expires_in : undefined) ?? HOUR
  return grantClientCredentials(identity.issuer, client, request.scope, lifetime)
}

/** A service of another provider gets that provider's token. */
async function grantElsewhere(c: HonoContext<Env>, request: TokenRequest): Promise<Grant> {
  if (request.grant_type !== 'client_credentials') return { error: 'invalid_client' }
  const { id, secret } = credentialsOf(c, request)
  return (await c.env.identity.grantService(id, secret)) ?? { error: 'invalid_client' }
}

function refuse(c: HonoContext<Env>, error: OAuthError) {
  const body = { error, error_description: sentences[error] }
  if (error !== 'invalid_client') return c.json(body, 400)
  return c.json(body, 401, { 'WWW-Authenticate': 'Basic realm="customer"' })
}

export const oauthRoutes: Noun = routes()
  .openapi(
    route('POST /oauth/token', {
      tags,
      summary: 'Get an access token',
      description:
        'RFC 6749: client credentials for services, refresh token for sessions. A spent refresh token is answered as at `POST /auth/refresh`, to the client of its session only.',
      request: { body: form(TokenRequest) },
      responses: {
        200: json(TokenResponse, 'An access token (RFC 9068)'),
        400: refused,
        401: unknownClient,
      },
    }),
    async (c) => {
      const granted = await grant(c, c.req.valid('form'))
      if ('error' in granted) return refuse(c, granted.error)
      const { token, scope, lifetime, refreshToken } = granted
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
    (result, c) => (result.success ? undefined : refuse(c, 'invalid_request')),
  )
  .openapi(
    route('POST /oauth/revoke', {
      tags,
      summary: 'End a session by one of its tokens',
      description: 'RFC 7009. A token that is not known is no error.',
      request: { body: form(RevokeRequest) },
      responses: {
        200: { description: 'The token is void' },
        400: refused,
        401: unknownClient,
      },
    }),
    async (c) => {
      const request = c.req.valid('form')
      const client = clientOf(c, request)
      if (client === null) return refuse(c, 'invalid_client')
      const error = await revokeToken(contextOf(c, client), client, request.token)
      return error === null ? c.body(null, 200) : refuse(c, error)
    },
    (result, c) => (result.success ? undefined : refuse(c, 'invalid_request')),
  )
