import * as z from 'zod'
import { json, type Noun, route, routes } from './route.ts'

const tags: [string] = ['OAuth']

const methods = ['client_secret_basic', 'client_secret_post']

const Metadata = z
  .strictObject({
    issuer: z.string(),
    token_endpoint: z.string(),
    revocation_endpoint: z.string(),
    jwks_uri: z.string(),
    response_types_supported: z.array(z.string()),
    grant_types_supported: z.array(z.string()),
    subject_types_supported: z.array(z.string()),
    token_endpoint_auth_methods_supported: z.array(z.string()),
    revocation_endpoint_auth_methods_supported: z.array(z.string()),
    scopes_supported: z.array(z.string()),
  })
  .meta({ id: 'IssuerMetadata', description: 'RFC 8414' })

const Jwks = z
  .strictObject({ keys: z.array(z.looseObject({ kty: z.string(), kid: z.string() })) })
  .meta({ id: 'Jwks', description: 'RFC 7517' })

export const wellKnownRoutes: Noun = routes()
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
      summary: 'The metadata of the issuer',
      responses: { 200: json(Metadata, "The issuer's metadata") },
    }),
    (c) => {
      const { url } = c.env.identity.issuer
      const scopes = [...c.env.config.clients.values()].flatMap((client) => client.scopes)
      return c.json(
        {
          issuer: url,
          token_endpoint: `${url}/oauth/token`,
          revocation_endpoint: `${url}/oauth/revoke`,
          jwks_uri: `${url}/.well-known/jwks.json`,
          response_types_supported: [],
          grant_types_supported: ['client_credentials', 'refresh_token'],
          subject_types_supported: ['public'],
          token_endpoint_auth_methods_supported: methods,
          revocation_endpoint_auth_methods_supported: methods,
          scopes_supported: [...new Set(scopes)],
        },
        200,
      )
    },
  )
