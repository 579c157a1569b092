import { z } from 'zod'
import { grantClientCredentials, type OAuthError } from '#core/identity'
import { json, route, routes } from './route.ts'

const tags: [string] = ['OAuth']

const HOUR = 3600
const LONGEST_IN_DEVELOPMENT = 30 * 24 * HOUR

const TokenRequest = z
  .object({
    grant_type: z.string(),
    client_id: z.string().optional(),
    client_secret: z.string().optional(),
    scope: z.string().optional(),
    expires_in: z.coerce.number().int().min(1).max(LONGEST_IN_DEVELOPMENT).optional().meta({
      description: 'Seconds, in development only',
    }),
  })
  .meta({
    id: 'TokenRequest',
    examples: [{ grant_type: 'client_credentials', client_id: 'dev', client_secret: 'dev' }],
  })

const TokenResponse = z
  .strictObject({
    access_token: z.string(),
    token_type: z.literal('Bearer'),
    expires_in: z.int().meta({ description: 'Seconds' }),
    scope: z.string(),
  })
  .meta({ id: 'TokenResponse' })

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
}

const Metadata = z
  .strictObject({
    issuer: z.string(),
    token_endpoint: z.string(),
    jwks_uri: z.string(),
    response_types_supported: z.array(z.string()),
    grant_types_supported: z.array(z.string()),
    token_endpoint_auth_methods_supported: z.array(z.string()),
    scopes_supported: z.array(z.string()),
  })
  .meta({ id: 'IssuerMetadata', description: 'RFC 8414' })

const Jwks = z
  .strictObject({ keys: z.array(z.looseObject({ kty: z.string(), kid: z.string() })) })
  .meta({ id: 'Jwks', description: 'RFC 7517' })

/** The client's name and secret: HTTP Basic (form-encoded inside, RFC 6749, 2.3.1), or in the body. */
function credentials(header: string | undefined, form: z.output<typeof TokenRequest>) {
  const basic = /^Basic +([A-Za-z0-9+/]+=*)$/i.exec(header ?? '')?.[1]
  if (basic === undefined) return { id: form.client_id ?? '', secret: form.client_secret ?? '' }
  const [id = '', ...secret] = Buffer.from(basic, 'base64').toString('utf8').split(':')
  return { id: decode(id), secret: decode(secret.join(':')) }
}

const decode = (text: string): string => new URLSearchParams(`v=${text}`).get('v') ?? ''

export const oauthRoutes = routes()
  .openapi(
    route('POST /oauth/token', {
      tags,
      summary: 'Get an access token',
      description: 'RFC 6749, client credentials.',
      request: {
        body: {
          required: true,
          content: { 'application/x-www-form-urlencoded': { schema: TokenRequest } },
        },
      },
      responses: {
        200: json(TokenResponse, 'An access token (RFC 9068)'),
        400: json(OAuthProblem, 'The request is refused'),
        401: json(OAuthProblem, 'The client is unknown or its secret is wrong'),
      },
    }),
    async (c) => {
      const form = c.req.valid('form')
      const { config, identity } = c.env
      const { id, secret } = credentials(c.req.header('Authorization'), form)
      const grant =
        form.grant_type === 'client_credentials'
          ? await grantClientCredentials(config.clients, identity.issuer, {
              clientId: id,
              clientSecret: secret,
              scope: form.scope,
              lifetime: (config.development ? form.expires_in : undefined) ?? HOUR,
            })
          : ({ error: 'unsupported_grant_type' } as const)
      if ('error' in grant) {
        const refused = { error: grant.error, error_description: sentences[grant.error] }
        if (grant.error !== 'invalid_client') return c.json(refused, 400)
        return c.json(refused, 401, { 'WWW-Authenticate': 'Basic realm="customer"' })
      }
      const { token, scope, lifetime } = grant
      return c.json(
        { access_token: token, token_type: 'Bearer' as const, expires_in: lifetime, scope },
        200,
      )
    },
    (result, c) => {
      if (!result.success)
        return c.json(
          { error: 'invalid_request', error_description: sentences.invalid_request },
          400,
        )
    },
  )
  .openapi(
    route('GET /.well-known/jwks.json', {
      tags,
      summary: 'The keys that access tokens are signed with',
      responses: { 200: json(Jwks, 'A JSON Web Key Set') },
    }),
    async (c) => c.json(await c.env.identity.issuer.jwks(), 200),
  )
  .openapi(
    route('GET /.well-known/openid-configuration', {
      tags,
      summary: 'Where everything is',
      responses: { 200: json(Metadata, "The issuer's metadata") },
    }),
    (c) => {
      const { url } = c.env.identity.issuer
      return c.json(
        {
          issuer: url,
          token_endpoint: `${url}/oauth/token`,
          jwks_uri: `${url}/.well-known/jwks.json`,
          response_types_supported: [],
          grant_types_supported: ['client_credentials'],
          token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
          scopes_supported: [
            ...new Set([...c.env.config.clients.values()].flatMap((client) => client.scopes)),
          ],
        },
        200,
      )
    },
  )
