import * as z from 'zod'
import {
  IssuerMetadata,
  issuerMetadata,
  ResourceMetadata,
  resourceMetadata,
} from './oauth-metadata.ts'
import { type NounRoutes, newNounRoutes, openapiJsonAnswer, route } from './route.ts'

const tags: [string] = ['OAuth']

const Jwks = z
  .strictObject({ keys: z.array(z.looseObject({ kty: z.string(), kid: z.string() })) })
  .meta({ id: 'Jwks', description: 'RFC 7517' })

export const wellKnownRoutes: NounRoutes = newNounRoutes()
  .openapi(
    route('GET /.well-known/jwks.json', {
      tags,
      summary: 'The keys that access tokens are signed with',
      responses: { 200: openapiJsonAnswer(Jwks, 'A JSON Web Key Set') },
    }),
    async (c) => c.json(await c.env.identity.issuer.jwks(), 200),
  )
  .openapi(
    route('GET /.well-known/oauth-authorization-server', {
      tags,
      summary: 'The metadata of the issuer',
      responses: { 200: openapiJsonAnswer(IssuerMetadata, "The issuer's metadata") },
    }),
    (c) => c.json(issuerMetadata(c.env.config), 200),
  )
  .openapi(
    route('GET /.well-known/openid-configuration', {
      tags,
      summary: 'The same metadata, at the path for clients of OpenID Connect',
      responses: { 200: openapiJsonAnswer(IssuerMetadata, "The issuer's metadata") },
    }),
    (c) => c.json(issuerMetadata(c.env.config), 200),
  )
  .openapi(
    route('GET /.well-known/oauth-protected-resource', {
      tags,
      summary: 'The metadata of this API, with the issuers of its tokens',
      responses: { 200: openapiJsonAnswer(ResourceMetadata, "The resource's metadata") },
    }),
    (c) => c.json(resourceMetadata(c.env.config), 200),
  )
