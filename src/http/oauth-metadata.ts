import * as z from 'zod'
import { prompts } from '#core/authorization'
import { clientAlgorithms } from '#core/context'
import { languages } from '#core/mail'
import { SHOPPER_SCOPE } from '#core/session'
import type { Config } from '../config.ts'

/** RFC 8414, 2. `/.well-known/openid-configuration` has the same content. */
export const IssuerMetadata = z
  .strictObject({
    issuer: z.string(),
    authorization_endpoint: z.string(),
    token_endpoint: z.string(),
    revocation_endpoint: z.string(),
    jwks_uri: z.string(),
    service_documentation: z.string(),
    scopes_supported: z.array(z.string()),
    response_types_supported: z.array(z.string()),
    response_modes_supported: z.array(z.string()),
    grant_types_supported: z.array(z.string()),
    subject_types_supported: z.array(z.string()),
    prompt_values_supported: z.array(z.string()),
    code_challenge_methods_supported: z.array(z.string()),
    token_endpoint_auth_methods_supported: z.array(z.string()),
    token_endpoint_auth_signing_alg_values_supported: z.array(z.string()),
    revocation_endpoint_auth_methods_supported: z.array(z.string()),
    revocation_endpoint_auth_signing_alg_values_supported: z.array(z.string()),
    authorization_response_iss_parameter_supported: z.literal(true),
    ui_locales_supported: z.array(z.string()),
    protected_resources: z.array(z.string()),
  })
  .meta({ id: 'IssuerMetadata', description: 'RFC 8414' })
export type IssuerMetadata = z.output<typeof IssuerMetadata>

/** RFC 9728, 2. */
export const ResourceMetadata = z
  .strictObject({
    resource: z.string(),
    authorization_servers: z.array(z.string()),
    scopes_supported: z.array(z.string()),
    bearer_methods_supported: z.array(z.string()),
    resource_documentation: z.string(),
  })
  .meta({ id: 'ResourceMetadata', description: 'RFC 9728' })
export type ResourceMetadata = z.output<typeof ResourceMetadata>

const methods = ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none']

const scopesOf = ({ clients }: Config) => [
  ...new Set([SHOPPER_SCOPE, ...[...clients.values()].flatMap(({ scopes }) => scopes)]),
]

export const issuerMetadata = (config: Config): IssuerMetadata => {
  const { publicUrl: url } = config
  return {
    issuer: url,
    authorization_endpoint: `${url}/oauth/authorize`,
    token_endpoint: `${url}/oauth/token`,
    revocation_endpoint: `${url}/oauth/revoke`,
    jwks_uri: `${url}/.well-known/jwks.json`,
    service_documentation: `${url}/docs`,
    scopes_supported: scopesOf(config),
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: ['authorization_code', 'client_credentials', 'refresh_token'],
    subject_types_supported: ['public'],
    prompt_values_supported: [...prompts],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: methods,
    token_endpoint_auth_signing_alg_values_supported: [...clientAlgorithms],
    revocation_endpoint_auth_methods_supported: methods,
    revocation_endpoint_auth_signing_alg_values_supported: [...clientAlgorithms],
    authorization_response_iss_parameter_supported: true,
    ui_locales_supported: [...languages],
    protected_resources: [url],
  }
}

export const resourceMetadata = (config: Config): ResourceMetadata => {
  const { publicUrl: url, hanzo } = config
  return {
    resource: url,
    // The shoppers of some tenants have their tokens from another issuer.
    authorization_servers: [...new Set([url, ...hanzo.map(({ issuer }) => issuer)])],
    scopes_supported: scopesOf(config),
    bearer_methods_supported: ['header'],
    resource_documentation: `${url}/docs`,
  }
}
