import type { Context as HonoContext } from 'hono'
import * as z from 'zod'
import { exchangeCode } from '#core/authorization'
import type { Context } from '#core/context'
import {
  CLIENT_ASSERTION_TYPE,
  type GrantedToken,
  grantClientCredentials,
  type ProvenClient,
} from '#core/identity'
import { grantByRefreshToken, revokeToken } from '#core/session'
import { Refusal } from '#kernel/error'
import { lengthAtMost } from '#kernel/length'
import { readCaller } from './caller-and-edge-place.ts'
import { openContext } from './context.ts'
import type { Env } from './env.ts'
import { proveClient } from './prove-client.ts'
import { readClientCredentials } from './read-client-credentials.ts'
import { refuseInputAs } from './refuse-input.ts'
import { type NounRoutes, newNounRoutes, openapiJsonAnswer, route } from './route.ts'

const tags: [string] = ['OAuth']

const HOUR = 3600
const LONGEST_IN_DEVELOPMENT = 30 * 24 * HOUR

const ClientFields = {
  client_id: z.string().optional(),
  client_secret: z.string().optional().meta({
    description: 'Use it instead of HTTP Basic, not together with it',
  }),
  client_assertion: z.string().check(lengthAtMost(8192)).optional().meta({
    description: 'A JWT signed by the client, instead of a secret (`private_key_jwt`)',
  }),
  client_assertion_type: z
    .string()
    .optional()
    .meta({ examples: [CLIENT_ASSERTION_TYPE] }),
}

const TokenRequest = z
  .object({
    grant_type: z.string(),
    ...ClientFields,
    scope: z.string().optional().meta({
      description: 'Space-separated scopes of the client or the session. Default: all of them',
    }),
    refresh_token: z.string().check(lengthAtMost(1000)).optional(),
    code: z.string().check(lengthAtMost(1000)).optional(),
    redirect_uri: z.string().check(lengthAtMost(2000)).optional().meta({
      description: 'Exactly as in `GET /oauth/authorize`',
    }),
    code_verifier: z.string().check(lengthAtMost(1000)).optional().meta({
      description: 'The text whose SHA-256 is the code challenge (RFC 7636)',
    }),
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
    token: z.string().check(lengthAtMost(8192)),
    token_type_hint: z.string().optional(),
    ...ClientFields,
  })
  .meta({ id: 'RevokeRequest', examples: [{ token: 'rt_…' }] })

const form = <S extends z.core.$ZodType>(schema: S) => ({
  required: true,
  content: { 'application/x-www-form-urlencoded': { schema } },
})

const refuseRequest = refuseInputAs('invalid_request')

function contextOf(c: HonoContext<Env>, { id, tenant }: ProvenClient): Context {
  const actor = { type: 'system' as const, id }
  return openContext(c, { tenant, actor, caller: readCaller(c, id, actor, null) })
}

async function grant(c: HonoContext<Env>, request: TokenRequest): Promise<GrantedToken> {
  const credentials = readClientCredentials(c, request)
  const { config, identity } = c.env
  const client = await proveClient(c, credentials)
  const { grant_type: type, scope } = request
  if (client === null) {
    // A service of another provider gets that provider's token.
    const granted =
      type === 'client_credentials' ? await identity.grantService(credentials, scope) : null
    if (granted === null) throw new Refusal('invalid_client')
    return granted
  }
  const ctx = contextOf(c, client)
  if (type === 'authorization_code') return exchangeCode(ctx, client, codeOf(request))
  if (type === 'refresh_token') {
    return grantByRefreshToken(ctx, client, needed(request.refresh_token), scope)
  }
  if (type !== 'client_credentials') throw new Refusal('unsupported_grant_type')
  const lifetime = (config.development ? request.expires_in : undefined) ?? HOUR
  return grantClientCredentials(ctx, identity.issuer, client, { scope, lifetime })
}

const codeOf = ({ code, redirect_uri, code_verifier: verifier }: TokenRequest) => ({
  code: needed(code),
  redirectUri: needed(redirect_uri),
  verifier,
})

/** A parameter without which a grant means nothing. Refuses `invalid_request`. */
function needed(text: string | undefined): string {
  if (text === undefined) throw new Refusal('invalid_request')
  return text
}

export const oauthRoutes: NounRoutes = newNounRoutes()
  .openapi(
    route('POST /oauth/token', {
      tags,
      summary: 'Get an access token',
      description:
        'RFC 6749: client credentials for services, a code of the login page or a refresh token for sessions. A session has one scope, `account`. If an access token has a narrower scope, the refresh token keeps the whole scope. A spent refresh token is handled as at `POST /auth/refresh`, for the client of its session only. The client authenticates in exactly one way: with its secret in HTTP Basic (form-encoded or not) or in the form, or with an assertion that it has signed (RFC 7523: the audience is the issuer alone, it expires within five minutes, and each `jti` is valid once). A public client sends only its id, with a code or a refresh token.',
      request: { body: form(TokenRequest) },
      responses: { 200: openapiJsonAnswer(TokenResponse, 'An access token (RFC 9068)') },
      refusals: [
        'invalid_client',
        'invalid_grant',
        'unauthorized_client',
        'unsupported_grant_type',
        'invalid_scope',
      ],
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
        // RFC 6749, 5.1.
        { Pragma: 'no-cache' },
      )
    },
    refuseRequest,
  )
  .openapi(
    route('POST /oauth/revoke', {
      tags,
      summary: 'End an access token, or a session by one of its tokens',
      description:
        "RFC 7009. The service refuses a revoked access token from its next request on. An unknown token, or another client's token, is no error.",
      request: { body: form(RevokeRequest) },
      responses: { 200: { description: 'The token is void' } },
      refusals: ['invalid_client', 'unsupported_token_type'],
    }),
    async (c) => {
      const request = c.req.valid('form')
      const client = await proveClient(c, readClientCredentials(c, request))
      if (client === null) throw new Refusal('invalid_client')
      await revokeToken(contextOf(c, client), client, request.token)
      return c.body(null, 200)
    },
    refuseRequest,
  )
